package dev.repoint.machine.site;

/// A use of a symbol that is no site, or only a part of what it seems, and why.
///
/// Ordered by key, then reason.
///
/// @param key    what the relocation names
/// @param reason one line, with the number of places and the first of them
public record Rejection(NativeKey key, String reason) implements Comparable<Rejection> {

    @Override
    public int compareTo(Rejection other) {
        int order = key.compareTo(other.key);
        return order == 0 ? reason.compareTo(other.reason) : order;
    }
}
