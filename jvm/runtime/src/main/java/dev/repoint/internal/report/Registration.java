package dev.repoint.internal.report;

import dev.repoint.PatchListener;
import java.util.List;
import java.util.function.Consumer;

/// A listener that was registered. It has an identity of its own, as the same listener may be registered again.
final class Registration {

    private final PatchListener listener;

    Registration(PatchListener listener) {
        this.listener = listener;
    }

    /// Tells each of them.
    static void tell(List<Registration> all, Consumer<PatchListener> what) {
        for (Registration each : all) {
            Listening.tell(() -> {
                what.accept(each.listener);
                return null;
            });
        }
    }
}
