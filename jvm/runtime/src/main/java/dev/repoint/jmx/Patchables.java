package dev.repoint.jmx;

import dev.repoint.internal.jmx.PatchablesBean;
import dev.repoint.internal.policy.KnownPoints;
import dev.repoint.internal.policy.PolicySettings;
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
