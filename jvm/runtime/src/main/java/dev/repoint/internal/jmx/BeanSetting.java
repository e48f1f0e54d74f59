package dev.repoint.internal.jmx;

import dev.repoint.SafeText;
import dev.repoint.internal.point.Daemon;
import dev.repoint.internal.report.JdkModule;

/// Whether the [bean of the patchables][dev.repoint.jmx.PatchablesMXBean] was asked for.
///
/// Nothing of `java.management` is loaded here: what it takes from the bean is a constant.
public final class BeanSetting {

    private static final String MODULE = "java.management";

    private BeanSetting() {}

    /// Registers the bean with the server of the platform if the property asks for it: in a thread of its own,
    /// as the first caller of a patchable may hold locks that the server's start needs.
    ///
    /// @param patchables what the bean looks at
    public static void follow(PatchablesControl patchables) {
        String setting = System.getProperty(PatchablesBean.PROPERTY, "").strip();
        boolean writable = setting.equals("write");
        if (setting.isEmpty() || setting.equals("false")) {
            return;
        }
        if (!writable && !setting.equals("true")) {
            warn(PatchablesBean.PROPERTY + "=" + setting
                    + " means nothing: no bean is registered; write true, or write to allow changes");
        } else if (!JdkModule.isUsable(MODULE, "javax.management.MBeanServer")) {
            warn(PatchablesBean.PROPERTY + "=" + setting + ": no bean is registered, as the module " + MODULE
                    + " is missing or cannot be found from here; start the JVM with --add-modules " + MODULE);
        } else {
            Thread thread = Daemon.of("repoint-mxbean", () -> register(patchables, writable));
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            thread.start();
        }
    }

    private static void register(PatchablesControl patchables, boolean writable) {
        try {
            PatchablesBean.registerHere(patchables, writable);
        } catch (RuntimeException | LinkageError e) {
            warn("no bean is registered: " + e);
        }
    }

    private static void warn(String line) {
        System.getLogger("dev.repoint").log(System.Logger.Level.WARNING, SafeText.of(line));
    }
}
