package dev.repoint.weaver.inplace;

import dev.repoint.shape.Shape;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// The types of a method as instructions use them. If there is a receiver, it is the first argument.
///
/// @param arguments field descriptors of the arguments, the receiver first
/// @param result field descriptor of the result, or `V`
/// @param interfaceName internal name of the shape interface
/// @param callDescriptor descriptor of its `call` method
public record MethodShape(List<String> arguments, String result, String interfaceName, String callDescriptor) {

    /// The shape of a method.
    ///
    /// @param descriptor without a receiver
    /// @param receiver field descriptor of the receiver, or empty for a static method
    public static MethodShape of(String descriptor, String receiver) {
        boolean isStatic = receiver.isEmpty();
        List<String> arguments = new ArrayList<>();
        if (!isStatic) {
            arguments.add(receiver);
        }
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            int end = endOfType(descriptor, at);
            arguments.add(descriptor.substring(at, end));
            at = end;
        }
        return new MethodShape(
                arguments,
                descriptor.substring(at + 1),
                Shape.nameOf(descriptor, isStatic),
                Shape.callDescriptor(descriptor, isStatic));
    }

    /// The shape of a method of a class.
    public static MethodShape of(ClassModel owner, MethodModel method) {
        return of(
                method.methodType().stringValue(),
                Modifier.isStatic(method.flags().flagsMask())
                        ? ""
                        : descriptorOf(owner.thisClass().asInternalName()));
    }

    /// The descriptor of a static method with these arguments.
    public String staticDescriptor() {
        return "(" + String.join("", arguments) + ")" + result;
    }

    /// Whether the result of the shape's `call`, an Object, needs a cast.
    public boolean castsResult() {
        return isReference(result) && !result.equals("Ljava/lang/Object;");
    }

    /// The number of local variables for the arguments.
    public int slots() {
        int slots = 0;
        for (String argument : arguments) {
            slots += kind(argument).slotSize();
        }
        return slots;
    }

    /// The kind of the load, store and return instructions for this type.
    public static TypeKind kind(String fieldDescriptor) {
        return switch (fieldDescriptor.charAt(0)) {
            case 'Z', 'B', 'C', 'S', 'I' -> TypeKind.INT;
            case 'J' -> TypeKind.LONG;
            case 'F' -> TypeKind.FLOAT;
            case 'D' -> TypeKind.DOUBLE;
            case 'V' -> TypeKind.VOID;
            default -> TypeKind.REFERENCE;
        };
    }

    /// Whether values of this type are references.
    public static boolean isReference(String fieldDescriptor) {
        return fieldDescriptor.charAt(0) == 'L' || fieldDescriptor.charAt(0) == '[';
    }

    /// The name of a reference type in a class constant: `com/acme/Crc`, but `[I`.
    public static String constantName(String fieldDescriptor) {
        return fieldDescriptor.charAt(0) == '['
                ? fieldDescriptor
                : fieldDescriptor.substring(1, fieldDescriptor.length() - 1);
    }

    /// The field descriptor of a type in a class constant.
    public static String descriptorOf(String constantName) {
        return constantName.charAt(0) == '[' ? constantName : "L" + constantName + ";";
    }

    private static int endOfType(String descriptor, int start) {
        int at = start;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    }
}
