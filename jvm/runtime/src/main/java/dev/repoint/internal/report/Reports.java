package dev.repoint.internal.report;

import dev.repoint.PatchChange;
import dev.repoint.PatchException;
import dev.repoint.PatchListener;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells of patches and links: to the flight recorder while it records, and to the log if that was asked for.
///
/// Nothing is told while a lock is held, and of what telling itself links or changes nothing is told. While
/// nobody listens, no class of the recorder or of logging is initialised.
///
/// Thread-safe.
public final class Reports {

    private static final boolean CAN_RECORD = JdkModule.isUsable("jdk.jfr", "jdk.jfr.FlightRecorder");
    private static final @Nullable PatchLog LOG =
            System.getProperty(PatchLog.PROPERTY) == null ? null : PatchLog.asked();

    private static volatile PatchListener[] listeners = new PatchListener[0];

    private Reports() {}

    /// A patch begins.
    ///
    /// @param changes how many it consists of
    /// @return who is to be told when it was made; null if nobody listens
    public static @Nullable PatchReport patching(int changes) {
        if (Listening.isNow()) {
            return null;
        }
        boolean recording = isRecording();
        PatchListener[] told = listeners;
        if (!recording && LOG == null && told.length == 0) {
            return null;
        }
        return new PatchReport(recording ? Listening.tell(() -> JfrPatch.begin(changes)) : null, LOG, told);
    }

    /// Tells of a patch that was refused.
    public static void refused(PatchException reason) {
        PatchListener[] told = listeners;
        if (told.length > 0 && !Listening.isNow()) {
            for (PatchListener each : told) {
                Listening.tell(() -> {
                    each.refused(reason);
                    return null;
                });
            }
        }
    }

    /// Adds a listener.
    ///
    /// @return what takes it away again
    public static Runnable listen(PatchListener listener) {
        PatchListener own = new Once(listener);
        synchronized (Reports.class) {
            PatchListener[] more = Arrays.copyOf(listeners, listeners.length + 1);
            more[listeners.length] = own;
            listeners = more;
        }
        return () -> {
            synchronized (Reports.class) {
                listeners = Arrays.stream(listeners).filter(each -> each != own).toArray(PatchListener[]::new);
            }
        };
    }

    /// A listener that was added, which may be added again.
    private static final class Once implements PatchListener {

        private final PatchListener listener;

        Once(PatchListener listener) {
            this.listener = listener;
        }

        @Override
        public void patched(List<PatchChange> changes) {
            listener.patched(changes);
        }

        @Override
        public void refused(PatchException reason) {
            listener.refused(reason);
        }
    }

    /// A place begins to link.
    ///
    /// Of places in the JDK nothing is told: the recorder itself may be what links there, in the midst of
    /// writing an event.
    ///
    /// @param by the class whose code links
    /// @return who is to be told when it has linked; null if nobody listens
    public static @Nullable LinkReport linking(Class<?> by) {
        return !isOfJdk(by) && isRecording() ? Listening.tell(LinkReport::new) : null;
    }

    /// Whether a class belongs to the JDK.
    public static boolean isOfJdk(Class<?> of) {
        ClassLoader loader = of.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isRecording() {
        return CAN_RECORD && Listening.isRecording();
    }
}
