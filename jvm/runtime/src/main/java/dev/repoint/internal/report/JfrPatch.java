package dev.repoint.internal.report;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/// The events of one patch on their way to the flight recorder. Loaded only where there is one.
final class JfrPatch {

    private static final AtomicLong PATCHES = new AtomicLong();

    private final PatchEvent[] events;

    private JfrPatch(PatchEvent[] events) {
        this.events = events;
    }

    /// Whether the recorder has ever been in use. Until then even the classes of events stay away.
    static boolean isRecording() {
        return FlightRecorder.isInitialized();
    }

    /// One event for each change, as all of them begin now.
    static @Nullable JfrPatch begin(int changes) {
        if (!new PatchEvent().isEnabled()) {
            return null;
        }
        PatchEvent[] events = new PatchEvent[changes];
        for (int i = 0; i < changes; i++) {
            events[i] = new PatchEvent();
            events[i].begin();
        }
        return new JfrPatch(events);
    }

    @Nullable
    Void made(List<ChangeRecord> changes) {
        for (PatchEvent event : events) {
            event.end();
        }
        long patch = PATCHES.incrementAndGet();
        for (int i = 0; i < changes.size(); i++) {
            events[i].commit(patch, changes.get(i));
        }
        return null;
    }
}
