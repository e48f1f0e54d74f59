package dev.repoint.weaver;

import dev.repoint.Key;

/// Something that was asked for and cannot be patched.
///
/// @param key the method or field
/// @param reason one line, which names the place if it is a site that was left
public record Rejection(Key key, String reason) implements Comparable<Rejection> {

    /// For what is left as there is no room for it.
    static final String FULL_POOL = "the constant pool of its class is full: a class file has room for "
            + (ClassWeaving.MOST_CONSTANTS - 1) + " constants; select fewer methods of the class";

    /// Whether it is a method whose entry could be patched, had its class room for it.
    ///
    /// @return true if nothing else is in the way
    public boolean isForLackOfRoom() {
        return reason.equals(FULL_POOL);
    }

    /// Compares by key, then reason.
    @Override
    public int compareTo(Rejection other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : reason.compareTo(other.reason);
    }
}
