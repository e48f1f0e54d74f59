package dev.repoint.internal.classfile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Copies the bootstrap methods of a class (JVMS 4.7.23), at the same numbers, and adds others.
///
/// Bootstrap methods of the JDK use the look-up of the class only for access, and a nestmate has the same access. Any
/// other may depend on the class: [dev.repoint.link.OwnerLink] calls it with the look-up of the original.
final class BootstrapCopy {

    static final String ATTRIBUTE = "BootstrapMethods";

    private static final String LINK = "OwnerLink";
    private static final String DYNAMIC_CALL = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)"
            + "Ljava/lang/invoke/CallSite;";
    private static final String DYNAMIC_CONSTANT = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/Class;Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final int INTEGER = 3;
    private static final int DYNAMIC = 17;
    private static final int SERIALIZABLE = 1;

    /// The offset of the flags among the arguments of `altMetafactory`.
    private static final int FLAGS = 3;

    private final ClassBytes file;
    private final ConstantPool pool;
    private final String linkPackage;
    private final int attribute;
    private final int copied;
    private final ByteOutput added = new ByteOutput();
    private final Map<String, Integer> known = new HashMap<>();

    /// @param linkPackage internal name of the package with the bootstrap methods of woven code, a slash at the end
    BootstrapCopy(ClassBytes file, ConstantPool pool, String linkPackage) {
        this.file = file;
        this.pool = pool;
        this.linkPackage = linkPackage;
        this.attribute = file.attribute(file.attributesAt, ATTRIBUTE);
        this.copied = attribute == 0 ? 0 : file.u2(attribute + 6);
    }

    /// Lets dynamic calls and constants that depend on the class use its look-up.
    ///
    /// @param constants a copy of the class file, whose constants are changed
    void redirect(byte[] constants) {
        for (int i = 1; i < file.constants.length; i++) {
            int tag = file.tag(i);
            if ((tag == DYNAMIC || tag == ClassBytes.INVOKE_DYNAMIC) && dependsOnClass(file.bootstrapOf(i))) {
                int at = file.constants[i] + 1;
                int number = around(file.u2(at), tag == DYNAMIC);
                constants[at] = (byte) (number >>> 8);
                constants[at + 1] = (byte) number;
            }
        }
    }

    /// The number of an added bootstrap method of [dev.repoint.link.OwnerLink].
    int add(String name, String type, int... arguments) {
        String key = name + Arrays.toString(arguments);
        Integer there = known.get(key);
        if (there != null) {
            return there;
        }
        added.u2(pool.staticHandle(linkPackage + LINK, name, type)).u2(arguments.length);
        for (int argument : arguments) {
            added.u2(argument);
        }
        int number = copied + known.size();
        known.put(key, number);
        return number;
    }

    boolean isEmpty() {
        return copied + known.size() == 0;
    }

    /// Writes the attribute.
    void write(ByteOutput out) {
        int start = attribute == 0 ? 0 : attribute + 8;
        int end = attribute == 0 ? 0 : file.endOfAttribute(attribute);
        out.u2(pool.utf8(ATTRIBUTE)).u4(2 + end - start + added.length()).u2(copied + known.size());
        out.bytes(file.bytes, start, end).copy(added);
    }

    private boolean dependsOnClass(int bootstrap) {
        int method = file.memberOf(file.u2(bootstrap));
        String owner = file.ownerOf(method);
        if (owner.startsWith("java/lang/invoke/")) {
            return isSerializable(file, bootstrap);
        }
        return !owner.startsWith("java/lang/runtime/") && !owner.startsWith(linkPackage);
    }

    /// The serial form of a lambda contains the name of the class that made it.
    static boolean isSerializable(ClassBytes file, int bootstrap) {
        int method = file.memberOf(file.u2(bootstrap));
        if (!file.nameOf(method).equals("altMetafactory") || file.u2(bootstrap + 2) <= FLAGS) {
            return false;
        }
        int flags = file.u2(bootstrap + 4 + 2 * FLAGS);
        return file.tag(flags) == INTEGER && (file.u4(file.constants[flags] + 1) & SERIALIZABLE) != 0;
    }

    /// The number of a bootstrap method that calls another one.
    private int around(int number, boolean constant) {
        int at = file.bootstrapAt(number);
        int[] arguments = new int[1 + file.u2(at + 2)];
        arguments[0] = file.u2(at);
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = file.u2(at + 2 + 2 * i);
        }
        return constant ? add("constant", DYNAMIC_CONSTANT, arguments) : add("call", DYNAMIC_CALL, arguments);
    }
}
