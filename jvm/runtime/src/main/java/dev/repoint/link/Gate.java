package dev.repoint.link;

import org.jspecify.annotations.Nullable;

/// The one word that all changes of a patch hang on. While it is closed every call that comes by goes where it went
/// before; from the moment at which it opens every call goes where the patch leads. It holds nobody.
///
/// Thread-safe.
final class Gate {

    private volatile boolean open;

    /// Lets the patch come into effect. There is no way back.
    void open() {
        open = true;
    }

    /// What a patchable leads to while a patch is made.
    ///
    /// @param gate of the patch
    /// @param before what it led to, as [Target#shape()]
    /// @param after what it is to lead to, likewise
    record Way(Gate gate, @Nullable Object before, @Nullable Object after) {

        @Nullable Object now() {
            return gate.open ? after : before;
        }
    }
}
