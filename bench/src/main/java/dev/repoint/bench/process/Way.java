package dev.repoint.bench.process;

/// What is measured of one patch, or of many.
enum Way {
    /// The longest gap that the target saw while Repoint patched it; the median of the patches.
    SEEN("Repoint, as the target sees it"),
    /// The same, where one patch of a hundred is longer.
    SEEN_P99("of that, 99 of 100 are shorter"),
    /// The same patches, as the result of each says.
    REPORTED("Repoint, as it reports it"),
    /// The same, where one patch of a hundred is longer.
    REPORTED_P99("of that, 99 of 100 are shorter (reported)"),
    /// The first patch of a JVM, as from a command.
    FIRST("Repoint, the first patch of a JVM"),
    /// gdb as one would type it; the median.
    GDB("gdb, one `set var` for each site"),
    /// The longest of them; they are too few for more.
    GDB_LONGEST("of that, the longest"),
    /// gdb as fast as it can.
    GDB_AT_ONCE("gdb, prepared, all in one write"),
    /// The longest of them.
    GDB_AT_ONCE_LONGEST("of that, the longest (one write)"),
    /// Windows as long as those of the patches, in which nobody patches.
    NOTHING("no patch, a window as long"),
    /// The same, where one window of a hundred has a longer gap.
    NOTHING_P99("of that, 99 of 100 are shorter (no patch)");

    final String label;

    Way(String label) {
        this.label = label;
    }
}
