package dev.repoint.jmx;

import dev.repoint.internal.jmx.PatchablesBean;
import dev.repoint.internal.policy.KnownPoints;
import dev.repoint.internal.policy.PolicySettings;
import java.util.Map;
import java.util.Objects;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/// Registers the [bean of the patchables][PatchablesMXBean] with a server of the program's choice. Needs the
/// module `java.management`.
///
/// {@snippet :
/// Patchables.register(ManagementFactory.getPlatformMBeanServer(), false);
/// }
///
/// Thread-safe.
public final class Patchables {

    /// The name of the bean.
    public static final String NAME = PatchablesBean.NAME;

    private Patchables() {}

    /// The bean without a server: for a page or an endpoint of the program's own.
    ///
    /// @param writable whether targets may be changed through it
    /// @return the bean
    public static PatchablesMXBean local(boolean writable) {
        return PatchablesBean.local(new KnownPoints(PolicySettings.HERE), writable);
    }

    /// Reads what [PatchablesMXBean#setAll] takes from lines `KEY = TARGET`, as a policy file has them.
    ///
    /// @param name what messages call the text; they add the line
    /// @param text the lines
    /// @return the targets by their keys, in the order of the lines
    /// @throws dev.repoint.PatchException if a line has not that form, or names a key again
    public static Map<String, String> targets(String name, String text) {
        return PolicySettings.targets(Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
    }

    /// Registers the bean.
    ///
    /// @param server any server
    /// @param writable whether targets may be changed through it
    /// @return its name there
    /// @throws IllegalStateException if there is a bean of that name already, or the server refuses it
    public static ObjectName register(MBeanServer server, boolean writable) {
        return PatchablesBean.register(
                Objects.requireNonNull(server, "server"), new KnownPoints(PolicySettings.HERE), writable);
    }

    /// Takes the bean away; where there is none this does nothing.
    ///
    /// @param server where it was registered
    public static void unregister(MBeanServer server) {
        PatchablesBean.unregister(Objects.requireNonNull(server, "server"));
    }
}
