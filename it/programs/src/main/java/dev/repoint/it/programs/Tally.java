package dev.repoint.it.programs;

/// How many branches objdump sees, and how many of them were collected.
///
/// @param seen by objdump
/// @param collected among those
record Tally(int seen, int collected) {

    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
        return new Tally(seen + other.seen, collected + other.collected);
    }

    /// Whether a share of them, in tenths of a percent, was collected. Nothing seen is never enough.
    boolean reaches(int perMille) {
        return seen > 0 && collected * 1000L >= (long) seen * perMille;
    }

    /// The share in percent, cut to two digits: what is not whole never reads as 100.
    String share() {
        long hundredths = seen == 0 ? 0 : collected * 10_000L / seen;
        return hundredths / 100 + (hundredths % 100 < 10 ? ".0" : ".") + hundredths % 100 + " %";
    }
}
