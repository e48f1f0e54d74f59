package dev.repoint.weaver.table;

import dev.repoint.weaver.Rejection;
import java.util.Comparator;

/// A selected method that cannot be patched, or a file that is not a class file.
///
/// Ordered by subject, then reason.
///
/// @param subject a key as text, or a place such as `app.jar@com/acme/Crc.class`
/// @param reason one line
public record Rejected(String subject, String reason) implements Comparable<Rejected> {

    private static final Comparator<Rejected> ORDER =
            Comparator.comparing(Rejected::subject).thenComparing(Rejected::reason);

    /// The rejection of a method.
    ///
    /// @param rejection the rejection of the weaver
    /// @return the same with the key as text
    public static Rejected of(Rejection rejection) {
        return new Rejected(rejection.key().text(), rejection.reason());
    }

    /// Compares by subject, then reason.
    @Override
    public int compareTo(Rejected other) {
        return ORDER.compare(this, other);
    }
}
