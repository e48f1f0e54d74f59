package dev.repoint.internal.report;

import dev.repoint.PatchException;
import dev.repoint.PatchListener;
import java.util.ArrayList;
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

    private static volatile List<Registration> listeners = List.of();

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
        List<Registration> told = listeners;
        if (!recording && LOG == null && told.isEmpty()) {
            return null;
        }
        return new PatchReport(recording ? Listening.tell(() -> JfrPatch.begin(changes)) : null, LOG, told);
    }

    /// Tells of a patch that was refused.
    public static void refused(PatchException reason) {
        if (!Listening.isNow()) {
            Registration.tell(listeners, each -> each.refused(reason));
        }
    }

    /// Adds a listener.
    ///
    /// @return what takes it away again
    public static Runnable listen(PatchListener listener) {
        Registration own = new Registration(listener);
        synchronized (Reports.class) {
            List<Registration> more = new ArrayList<>(listeners);
            more.add(own);
            listeners = List.copyOf(more);
        }
        return () -> {
            synchronized (Reports.class) {
                listeners = listeners.stream().filter(each -> each != own).toList();
            }
        };
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
