package dev.repoint.weaver;

import dev.repoint.Key;

/// The result for one method or field.
///
/// @param key the method or field
/// @param safety the possible patches
/// @param reason the reason why more is impossible: one line; empty if the entry, or the field, can be patched
public record Finding(Key key, Safety safety, String reason) {

    /// The more restrictive of two findings about one key, for example about two versions of its class.
    ///
    /// @param other a finding about the same key
    /// @return the more restrictive one; this one if they are equal
    public Finding weaker(Finding other) {
        return other.safety.compareTo(safety) > 0 ? other : this;
    }
}
