package dev.repoint.weaver;

import dev.repoint.Key;
import org.jspecify.annotations.Nullable;

/// A selected method, field or site that cannot be patched.
///
/// @param key the method or field
/// @param reason one line; for a site it names the place
public record Rejection(Key key, String reason) implements Comparable<Rejection> {

    /// The maximum number of constants (JVMS 4.1).
    private static final int MOST_CONSTANTS = 65_534;

    /// Used if the constant pool has no space.
    public static final String FULL_POOL = "the constant pool of its class is full: a class file has room for "
            + MOST_CONSTANTS + " constants; select fewer methods of the class";

    /// Whether the entry of the method could be patched if its class had space.
    ///
    /// @return true if there is no other reason
    public boolean isForLackOfRoom() {
        return reason.equals(FULL_POOL);
    }

    /// Written here, because the JVM takes milliseconds to make that of a record.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rejection that && key.equals(that.key) && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + reason.hashCode();
    }

    /// Compares by key, then reason.
    @Override
    public int compareTo(Rejection other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : reason.compareTo(other.reason);
    }
}
