package dev.repoint.weaver;

import dev.repoint.Key;

/// What looking at one method or field has shown.
///
/// @param key the method or field
/// @param safety how far it can be patched
/// @param reason why not further: one line, empty where the entry, or the field, can be patched
public record Finding(Key key, Safety safety, String reason) {

    /// The more cautious of two findings about one key, such as those of two versions of its class.
    ///
    /// @param other a finding about the same key
    /// @return the one that promises less; this one if they promise the same
    public Finding weaker(Finding other) {
        return other.safety.compareTo(safety) > 0 ? other : this;
    }
}
