package dev.repoint.link;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells of patches and links: to the flight recorder while it records, and to the log if that was asked for.
///
/// Nothing is told while a lock is held, and of what telling itself links or changes nothing is told. While nobody listens, no
/// class of the recorder or of logging is initialised.
///
/// Thread-safe.
final class Reports {

    private static final boolean CAN_RECORD = JdkModule.isUsable("jdk.jfr", "jdk.jfr.FlightRecorder");
    private static final @Nullable PatchLog LOG = PatchLog.asked();
    private static final Set<Thread> TELLING = ConcurrentHashMap.newKeySet();

    private Reports() {}

    /// A patch begins.
    ///
    /// @param changes how many it consists of
    /// @return who is to be told when it was made; null if nobody listens
    static @Nullable PatchReport patching(int changes) {
        boolean recording = isRecording();
        if (!recording && LOG == null || isTelling()) {
            return null;
        }
        return new PatchReport(recording ? tell(() -> Flight.begin(changes)) : null, LOG);
    }

    /// A place begins to link.
    ///
    /// @return who is to be told when it has linked; null if nobody listens
    static @Nullable LinkReport linking() {
        return isRecording() && !isTelling() ? tell(LinkReport::new) : null;
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
        @Nullable T tell();
    }

    private static boolean isTelling() {
        return TELLING.contains(Thread.currentThread());
    }

    private static boolean isRecording() {
        return CAN_RECORD && Flight.isRecording();
    }
}
