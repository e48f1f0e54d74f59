package dev.repoint.internal.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells of patches and links: to the flight recorder while it records, and to the log if that was asked for.
///
/// Nothing is told while a lock is held, and of what telling itself links or changes nothing is told. While
/// nobody listens, no class of the recorder or of logging is initialised.
///
/// Thread-safe.
public final class Reports {

    private static final boolean CAN_RECORD = JdkModule.isUsable("jdk.jfr", "jdk.jfr.FlightRecorder");
    private static final @Nullable PatchLog LOG = PatchLog.asked();
    private static final Set<Thread> TELLING = ConcurrentHashMap.newKeySet();

    private Reports() {}

    /// A patch begins.
    ///
    /// @param changes how many it consists of
    /// @return who is to be told when it was made; null if nobody listens
    public static @Nullable PatchReport patching(int changes) {
        if (isTelling()) {
            return null;
        }
        boolean recording = isRecording();
        if (!recording && LOG == null) {
            return null;
        }
        return new PatchReport(recording ? tell(() -> JfrPatch.begin(changes)) : null, LOG);
    }

    /// A place begins to link.
    ///
    /// Of places in the JDK nothing is told: the recorder itself may be what links there, in the midst of
    /// writing an event.
    ///
    /// @param by the class whose code links
    /// @return who is to be told when it has linked; null if nobody listens
    public static @Nullable LinkReport linking(Class<?> by) {
        return !isOfJdk(by) && isRecording() ? tell(LinkReport::new) : null;
    }

    /// Lets a listener work. What it fails with is its own affair: the patch was made, the place is linked.
    ///
    /// @return what it gave, or null if it failed
    static <T> @Nullable T tell(Telling<T> listener) {
        TELLING.add(Thread.currentThread());
        try {
            return listener.tell();
        } catch (RuntimeException | LinkageError e) {
            return null;
        } finally {
            TELLING.remove(Thread.currentThread());
        }
    }

    /// What a listener does.
    interface Telling<T> {
        @Nullable
        T tell();
    }

    /// Whether a class belongs to the JDK.
    public static boolean isOfJdk(Class<?> of) {
        ClassLoader loader = of.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isTelling() {
        return TELLING.contains(Thread.currentThread());
    }

    /// Asked under the same guard: the recorder's answer may come from a patchable.
    private static boolean isRecording() {
        if (!CAN_RECORD || !TELLING.add(Thread.currentThread())) {
            return false;
        }
        try {
            return JfrPatch.isRecording();
        } catch (RuntimeException | LinkageError e) {
            return false; // what it leads to is of the application
        } finally {
            TELLING.remove(Thread.currentThread());
        }
    }
}
