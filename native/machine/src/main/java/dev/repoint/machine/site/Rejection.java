package dev.repoint.machine.site;

import java.util.Comparator;

/// A use of a symbol that is no site, or only a part of what it seems, and why.
///
/// Ordered by key, then reason.
///
/// @param key    what the relocation names
/// @param reason one line, with how many places there are and where the first one is
public record Rejection(NativeKey key, String reason) implements Comparable<Rejection> {

    private static final Comparator<Rejection> ORDER =
            Comparator.comparing(Rejection::key).thenComparing(Rejection::reason);

    @Override
    public int compareTo(Rejection other) {
        return ORDER.compare(this, other);
    }
}
