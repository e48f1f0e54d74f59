package dev.repoint.cli.demo;

/// How long the phases of a run last, in seconds.
///
/// @param warmUp until the service is compiled
/// @param before with the default
/// @param patched with the drop-in
/// @param fixed with what was brought along besides; 0 where nothing is
/// @param after with the default again
/// @param settle what is left out at the beginning of each measured phase, while compilers work
record Schedule(double warmUp, double before, double patched, double fixed, double after, double settle) {

    private static final double MOST_SETTLE = 1.0;

    /// Divides a time among the phases.
    ///
    /// @param seconds the whole
    static Schedule of(double seconds) {
        return new Schedule(
                0.2 * seconds, 0.2 * seconds, 0.35 * seconds, 0, 0.25 * seconds, Math.min(MOST_SETTLE, 0.06 * seconds));
    }

    /// Divides a time among the phases of the demo of native code, which has more of them.
    ///
    /// @param seconds the whole
    static Schedule ofNative(double seconds) {
        return new Schedule(
                0.1 * seconds,
                0.2 * seconds,
                0.25 * seconds,
                0.25 * seconds,
                0.2 * seconds,
                Math.min(MOST_SETTLE, 0.04 * seconds));
    }

    /// The whole.
    double seconds() {
        return warmUp + before + patched + fixed + after;
    }
}
