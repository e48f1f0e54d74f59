package dev.repoint.internal.jmx;

import dev.repoint.KeySyntax;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.SyntaxException;
import dev.repoint.internal.report.Reports;
import dev.repoint.jmx.PatchablesMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/// What stands behind [PatchablesMXBean]. Loaded only where it was asked for. Not for applications.
///
/// Thread-safe.
public final class PatchablesBean implements PatchablesMXBean {

    /// The property that asks for it: `true` to look, `write` to change targets, too.
    public static final String PROPERTY = "repoint.mxbean";

    /// Its object name.
    public static final String NAME = "dev.repoint:type=Patchables";

    private final PatchablesControl patchables;
    private final boolean writable;

    private PatchablesBean(PatchablesControl patchables, boolean writable) {
        this.patchables = patchables;
        this.writable = writable;
    }

    /// As [dev.repoint.jmx.Patchables#local].
    public static PatchablesMXBean local(PatchablesControl patchables, boolean writable) {
        return new PatchablesBean(patchables, writable);
    }

    /// As [dev.repoint.jmx.Patchables#register].
    public static ObjectName register(MBeanServer server, PatchablesControl patchables, boolean writable) {
        ObjectName name = name("");
        try {
            register(server, patchables, writable, name);
            return name;
        } catch (JMException e) {
            throw failed(name, e);
        }
    }

    private static void register(MBeanServer server, PatchablesControl patchables, boolean writable, ObjectName name)
            throws JMException {
        server.registerMBean(
                new StandardMBean(new PatchablesBean(patchables, writable), PatchablesMXBean.class, true), name);
    }

    private static IllegalStateException failed(ObjectName name, JMException cause) {
        return new IllegalStateException(name + " cannot be registered: " + cause, cause);
    }

    /// As [dev.repoint.jmx.Patchables#unregister].
    public static void unregister(MBeanServer server) {
        try {
            server.unregisterMBean(name(""));
        } catch (InstanceNotFoundException e) {
            // That is what was wanted.
        } catch (JMException e) {
            throw new IllegalStateException(NAME + " cannot be taken away: " + e, e);
        }
    }

    /// Registers it with the server of the platform. A program may hold several runtimes, in class loaders of
    /// their own: the names of the second one and of those after it carry a number.
    static void registerHere(PatchablesControl patchables, boolean writable) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = name("");
        boolean isRegistered = false;
        for (int number = 2; !isRegistered; number++) {
            try {
                register(server, patchables, writable, name);
                isRegistered = true;
            } catch (InstanceAlreadyExistsException e) {
                name = name(",runtime=" + number);
            } catch (JMException e) {
                throw failed(name, e);
            }
        }
    }

    private static ObjectName name(String suffix) {
        try {
            return new ObjectName(NAME + suffix);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<Row> getPatchables() {
        return patchables.states().stream().map(PatchablesBean::row).toList();
    }

    private static Row row(PatchableState state) {
        return new Row(
                state.key().text(),
                state.key().type() + " " + KeySyntax.quoted(state.key().name())
                        + state.key().parameters(),
                state.target(),
                state.mode().name().toLowerCase(Locale.ROOT),
                state.modeReason(),
                state.links(),
                state.changes(),
                state.loader(),
                state.note());
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void set(String key, String target) {
        setAll(Map.of(given("key", key), given("target", target)));
    }

    @Override
    public void setAll(Map<String, String> targets) {
        if (targets == null) {
            throw new IllegalArgumentException("the targets are null; give some");
        }
        targets.forEach((key, target) -> {
            String unused = given("key", key) + given("target", target);
        });
        change(() -> patchables.set(targets));
    }

    @Override
    public void reset(String key) {
        String named = given("key", key);
        change(() -> patchables.reset(named));
    }

    @Override
    public void resetAll() {
        change(patchables::resetAll);
    }

    /// What a client of JMX has given: it may send nothing for anything.
    private static <T> T given(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("the " + what + " is null; give one");
        }
        return value;
    }

    /// Makes a change, if that is allowed. Whoever asks may not have the classes of Repoint.
    private void change(Runnable changes) {
        if (!writable) {
            throw new UnsupportedOperationException(
                    "targets may only be looked at; start the program with -D" + PROPERTY + "=write to change them");
        }
        try {
            changes.run();
        } catch (PatchException e) {
            Reports.refused(e);
            throw new IllegalArgumentException(e.getMessage());
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }
}
