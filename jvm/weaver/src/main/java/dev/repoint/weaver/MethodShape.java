package dev.repoint.weaver;

import dev.repoint.shape.Shape;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;

/// The types of a method as instructions see them: the receiver, if there is one, is the first argument.
///
/// @param arguments field descriptors of the arguments, the receiver first
/// @param result field descriptor of the result, or `V`
/// @param interfaceName internal name of the shape interface
/// @param callDescriptor descriptor of its `call` method
record MethodShape(List<String> arguments, String result, String interfaceName, String callDescriptor) {

    /// The shape of a method.
    ///
    /// @param descriptor without a receiver
    /// @param receiver field descriptor of the receiver, or empty for a static method
    static MethodShape of(String descriptor, String receiver) {
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

    /// The descriptor of a static method that takes these arguments.
    String staticDescriptor() {
        return "(" + String.join("", arguments) + ")" + result;
    }

    /// Whether the result has to be cast after the shape's `call`, which returns an Object.
    boolean castsResult() {
        return isReference(result) && !result.equals("Ljava/lang/Object;");
    }

    /// How many local variables the arguments take.
    int slots() {
        int slots = 0;
        for (String argument : arguments) {
            slots += kind(argument).slotSize();
        }
        return slots;
    }

    /// The kind of instruction that moves a value of this type.
    static TypeKind kind(String fieldDescriptor) {
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
    static boolean isReference(String fieldDescriptor) {
        return fieldDescriptor.charAt(0) == 'L' || fieldDescriptor.charAt(0) == '[';
    }

    /// The name that a class constant has for a reference type: `com/acme/Crc`, but `[I`.
    static String constantName(String fieldDescriptor) {
        return fieldDescriptor.charAt(0) == '['
                ? fieldDescriptor
                : fieldDescriptor.substring(1, fieldDescriptor.length() - 1);
    }

    /// The field descriptor of what a class constant names.
    static String descriptorOf(String constantName) {
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
