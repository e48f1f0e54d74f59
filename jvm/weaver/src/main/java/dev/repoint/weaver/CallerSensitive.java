package dev.repoint.weaver;

import java.util.Set;

/// The methods of the JDK whose answer depends on the class that calls them, so that a body that calls one
/// cannot stand in another class.
///
/// | class | methods |
/// | --- | --- |
/// | `MethodHandles` | `lookup` |
/// | `StackWalker` | `getCallerClass`, `walk`, `forEach` |
/// | `Reflection` (`jdk.internal.reflect`, `sun.reflect`) | `getCallerClass` |
/// | `Class` | `forName` with one parameter, `newInstance` |
/// | `Constructor`, `Method`, `InvocationHandler` | `newInstance`, `invoke`, `invokeDefault` |
/// | `Field` | `get`, `set` and those of primitive types |
/// | `AccessibleObject` and its subclasses | `setAccessible`, `trySetAccessible`, `canAccess` |
/// | `AtomicIntegerFieldUpdater`, `AtomicLongFieldUpdater`, `AtomicReferenceFieldUpdater` | `newUpdater` |
///
/// The JDK marks more of its methods (`@CallerSensitive`). The rest ask only for the caller's class loader or
/// module, which another class of the same nest shares: `System.loadLibrary`, `ResourceBundle.getBundle`,
/// `Module.addOpens`, and so on.
final class CallerSensitive {

    private static final String REFLECT = "java/lang/reflect/";
    private static final Set<String> ACCESSIBLE =
            Set.of("AccessibleObject", "Constructor", "Executable", "Field", "Method");
    private static final Set<String> ACCESS = Set.of("setAccessible", "trySetAccessible", "canAccess");
    private static final Set<String> MEMBERS = Set.of(
            "java/lang/invoke/MethodHandles.lookup",
            "java/lang/StackWalker.getCallerClass",
            "java/lang/StackWalker.walk",
            "java/lang/StackWalker.forEach",
            "jdk/internal/reflect/Reflection.getCallerClass",
            "sun/reflect/Reflection.getCallerClass",
            "java/lang/Class.newInstance",
            "java/lang/reflect/Constructor.newInstance",
            "java/lang/reflect/Method.invoke",
            "java/lang/reflect/InvocationHandler.invokeDefault",
            "java/util/concurrent/atomic/AtomicIntegerFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicLongFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicReferenceFieldUpdater.newUpdater");

    private CallerSensitive() {}

    /// Whether a method is one of them.
    ///
    /// @param owner internal name of the class that a constant names
    static boolean is(String owner, String name, String descriptor) {
        if (owner.equals("java/lang/Class") && name.equals("forName")) {
            return descriptor.startsWith("(Ljava/lang/String;)");
        }
        if (owner.startsWith(REFLECT) && ACCESSIBLE.contains(owner.substring(REFLECT.length()))) {
            boolean ofField = owner.endsWith("/Field") && isFieldAccess(name, descriptor);
            if (ofField || ACCESS.contains(name)) {
                return true;
            }
        }
        return MEMBERS.contains(owner + "." + name);
    }

    /// `Field.get(Object)`, `Field.setInt(Object, int)`; but not `Field.getName()`.
    private static boolean isFieldAccess(String name, String descriptor) {
        return (name.startsWith("get") || name.startsWith("set")) && descriptor.startsWith("(Ljava/lang/Object;");
    }
}
