package dev.repoint.internal.report;

import dev.repoint.PatchableState;
import org.jspecify.annotations.Nullable;

/// Tells that a place has linked. Used by the thread that links.
public final class LinkReport {

    private final LinkEvent event = new LinkEvent();

    LinkReport() {
        event.begin();
    }

    /// The place has linked.
    ///
    /// @param kind of the place
    /// @param by the class whose code linked
    /// @param state of the patchable now
    public void linked(LinkKind kind, Class<?> by, PatchableState state) {
        Listening.<Void>tell(() -> commit(kind, by, state));
    }

    private @Nullable Void commit(LinkKind kind, Class<?> by, PatchableState state) {
        event.end();
        if (event.shouldCommit()) {
            event.commit(
                    kind, by, state.key().text(), state.target(), state.mode().toString(), state.links());
        }
        return null;
    }
}
