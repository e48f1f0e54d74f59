package dev.repoint.internal.agent;

/// The names by which an agent and the weaver know the classes of Repoint itself.
///
/// What is a constant here the compiler copies to where it is used. So a class that may use no other class of
/// Repoint can use these.
public final class OwnClasses {

    /// What the binary names of all of them begin with.
    public static final String ROOT = "dev.repoint.";

    /// The bootstrap methods of woven code.
    public static final String LINK = ROOT + "link.";

    /// The interfaces through which woven code calls a target.
    public static final String SHAPE = ROOT + "shape.";

    /// What stands behind the interface for applications.
    public static final String INTERNAL = ROOT + "internal.";

    /// The version of this runtime, as `1.2.3`.
    public static final String VERSION = "0.1.0";

    /// What programs use to have a bean for JMX.
    private static final String JMX = ROOT + "jmx.";

    private static final String WEAVER = ROOT + "weaver.";
    private static final String AGENT = ROOT + "agent.";

    /// What changes instructions in place, with a class-file library, for JDKs without one.
    private static final String JAVA_17 = ROOT + "java17.";

    private static final String ROOT_PATH = internal(ROOT);
    private static final String LINK_PATH = internal(LINK);
    private static final String SHAPE_PATH = internal(SHAPE);

    private OwnClasses() {}

    /// Whether woven code runs through a class: one of the runtime, the weaver or an agent.
    ///
    /// @param binaryName such as `com.acme.Crc`
    public static boolean isOurs(String binaryName) {
        return binaryName.startsWith(ROOT)
                && (isOfRuntime(binaryName)
                        || binaryName.startsWith(WEAVER)
                        || binaryName.startsWith(AGENT)
                        || binaryName.startsWith(JAVA_17));
    }

    /// As [#isOurs], of an internal name, such as `com/acme/Crc`.
    public static boolean isOursInternal(String internalName) {
        return internalName.startsWith(ROOT_PATH) && isOurs(internalName.replace('/', '.'));
    }

    /// Whether a class is one that the weaver makes code name.
    ///
    /// @param internalName such as `com/acme/Crc`
    public static boolean isNamedByWovenCode(String internalName) {
        return internalName.startsWith(LINK_PATH) || internalName.startsWith(SHAPE_PATH);
    }

    private static boolean isOfRuntime(String binaryName) {
        return binaryName.indexOf('.', ROOT.length()) < 0
                || binaryName.startsWith(LINK)
                || binaryName.startsWith(SHAPE)
                || binaryName.startsWith(JMX)
                || binaryName.startsWith(INTERNAL);
    }

    private static String internal(String prefix) {
        return prefix.replace('.', '/');
    }
}
