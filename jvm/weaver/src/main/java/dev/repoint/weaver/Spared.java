package dev.repoint.weaver;

import dev.repoint.Key;
import org.jspecify.annotations.Nullable;

/// Methods that must stay unchanged, regardless of the selection: they get no prologue, and the weaver patches
/// nothing in them.
///
/// The result for a key is always the same. Thread-safe.
@FunctionalInterface
public interface Spared {

    /// No method.
    Spared NONE = new None();

    /// The reason why a method must stay unchanged.
    ///
    /// @param key the key of the method
    /// @return one line, or null if the weaver may change it
    @Nullable
    String reason(Key key);

    /// Spares no method. It is a class, because an agent needs it at its start, where a lambda is slow.
    final class None implements Spared {

        private None() {}

        @Override
        public @Nullable String reason(Key key) {
            return null;
        }
    }
}
