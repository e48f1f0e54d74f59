package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// The one word that all changes of a patch hang on. While it is closed every call that comes by goes where it
/// went before; from the moment at which it opens every call goes where the patch leads. It holds nobody.
///
/// Thread-safe.
public final class Gate {

    /// The gate of no patch.
    static final Gate NONE = new Gate();

    private final boolean shared;
    private volatile boolean open;

    /// The gate of a patch of one patchable.
    Gate() {
        this(false);
    }

    /// @param shared whether the patch is one of several patchables
    Gate(boolean shared) {
        this.shared = shared;
    }

    /// Whether several patchables depend on it.
    boolean isShared() {
        return shared;
    }

    boolean isOpen() {
        return open;
    }

    /// Lets the patch come into effect. There is no way back.
    void open() {
        open = true;
    }

    /// What a patchable leads to while a patch is made.
    ///
    /// @param gate of the patch
    /// @param before what it led to, as [BoundTarget#shape()]
    /// @param after what it is to lead to, likewise
    record Way(Gate gate, @Nullable Object before, @Nullable Object after) {

        @Nullable
        Object now() {
            return gate.open ? after : before;
        }
    }
}
