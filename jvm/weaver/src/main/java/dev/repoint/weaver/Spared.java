package dev.repoint.weaver;

import dev.repoint.Key;
import org.jspecify.annotations.Nullable;

/// Methods that have to stay as they are, whatever a selection says: they get no prologue, and nothing in them
/// is patched.
///
/// The answer for a key is always the same. Thread-safe.
@FunctionalInterface
public interface Spared {

    /// No method.
    Spared NONE = key -> null;

    /// Why a method has to stay as it is.
    ///
    /// @param key of the method
    /// @return one line, or null if it has not
    @Nullable
    String reason(Key key);
}
