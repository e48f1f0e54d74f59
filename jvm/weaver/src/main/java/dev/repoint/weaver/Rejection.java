package dev.repoint.weaver;

import dev.repoint.Key;

/// Something that was asked for and cannot be patched.
///
/// @param key the method or field
/// @param reason one line, which names the place if it is a site that was left
public record Rejection(Key key, String reason) implements Comparable<Rejection> {

    /// Compares by key, then reason.
    @Override
    public int compareTo(Rejection other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : reason.compareTo(other.reason);
    }
}
