package dev.repoint.internal.classfile;

import java.util.Set;

/// The methods of the JDK that check the access of the calling class.
///
/// | class | methods |
/// | --- | --- |
/// | `MethodHandles` | `lookup` |
/// | `Class` | `forName` with one parameter, `newInstance` |
/// | `Constructor`, `Method`, `InvocationHandler` | `newInstance`, `invoke`, `invokeDefault` |
/// | `Field` | `get`, `set` and those of primitive types |
/// | `AccessibleObject` and its subclasses | `setAccessible`, `trySetAccessible`, `canAccess` |
/// | `AtomicIntegerFieldUpdater`, `AtomicLongFieldUpdater`, `AtomicReferenceFieldUpdater` | `newUpdater` |
///
/// The JDK marks more of its methods with `@CallerSensitive`. The others use only the class loader or the module of
/// the caller, and a class of the same nest has the same ones: `System.loadLibrary`, `ResourceBundle.getBundle`,
/// `Module.addOpens`, and so on.
final class CallerSensitive {

    /// Before Java 18 a method handle of such a method has the right of a class that is no nestmate. There a copy calls the
    /// method itself: it can do everything that its class can, but for protected members of other packages.
    private static final boolean HANDLES_HAVE_RIGHTS = Runtime.version().feature() >= 18;

    private static final String LOOKUP = "java/lang/invoke/MethodHandles";
    private static final String REFLECT = "java/lang/reflect/";
    private static final Set<String> ACCESSIBLE =
            Set.of("AccessibleObject", "Constructor", "Executable", "Field", "Method");
    private static final Set<String> ACCESS = Set.of("setAccessible", "trySetAccessible", "canAccess");
    private static final Set<String> MEMBERS = Set.of(
            "java/lang/Class.newInstance",
            "java/lang/reflect/Constructor.newInstance",
            "java/lang/reflect/Method.invoke",
            "java/lang/reflect/InvocationHandler.invokeDefault",
            "java/util/concurrent/atomic/AtomicIntegerFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicLongFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicReferenceFieldUpdater.newUpdater");

    private CallerSensitive() {}

    /// Whether a method is one of these.
    ///
    /// @param owner internal name of the class in the constant
    static boolean is(String owner, String name, String descriptor) {
        if (owner.equals(LOOKUP) && name.equals("lookup")) {
            return true;
        }
        if (!HANDLES_HAVE_RIGHTS || !owner.startsWith("java/")) {
            return false;
        }
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

    /// True for `Field.get(Object)` and `Field.setInt(Object, int)`, but not for `Field.getName()`.
    private static boolean isFieldAccess(String name, String descriptor) {
        return (name.startsWith("get") || name.startsWith("set")) && descriptor.startsWith("(Ljava/lang/Object;");
    }
}
