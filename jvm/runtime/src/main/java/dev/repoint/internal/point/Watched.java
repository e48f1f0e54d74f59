package dev.repoint.internal.point;

/// A point that has come to pointer mode by itself, and may be led back.
interface Watched {

    /// Leads it back, if it has been quiet.
    ///
    /// @param now as [System#nanoTime()]
    /// @param quiet how many nanoseconds without a change are quiet
    /// @return nanoseconds until it is worth asking again; 0 if it need not be watched any more
    long calm(long now, long quiet);
}
