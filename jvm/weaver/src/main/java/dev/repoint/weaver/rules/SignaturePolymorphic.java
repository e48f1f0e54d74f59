package dev.repoint.weaver.rules;

import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.Outline;
import java.util.Map;

/// Methods whose calls have different types (JVMS 2.9.3): `MethodHandle.invokeExact`, `VarHandle.get`.
public final class SignaturePolymorphic {

    private SignaturePolymorphic() {}

    /// Whether a declared method is such a method.
    public static boolean is(MethodFacts method) {
        int varargs = AccessFlags.NATIVE | AccessFlags.VARARGS;
        return mayDeclare(method.owner())
                && (method.flags() & varargs) == varargs
                && method.descriptor().startsWith("([Ljava/lang/Object;)");
    }

    /// Whether a class that may declare such methods has one with this name.
    static boolean isDeclaredBy(Outline outline, String name) {
        for (Map.Entry<String, Integer> method : outline.methods().entrySet()) {
            if (method.getKey().startsWith(name + " ([Ljava/lang/Object;)")
                    && (method.getValue() & AccessFlags.NATIVE) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether a class may declare such methods.
    static boolean mayDeclare(String internalName) {
        return internalName.equals("java/lang/invoke/MethodHandle")
                || internalName.equals("java/lang/invoke/VarHandle");
    }
}
