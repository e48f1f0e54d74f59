package dev.repoint.cli.demo;

/// What happened between two readings.
///
/// @param phase the phase in which it ended
/// @param from the reading before
/// @param to the reading at its end
record Sample(Phase phase, Reading from, Reading to) {

    private static final double NANOS = 1e9;

    /// When it began, in seconds since the service started to work.
    double begin() {
        return from.nanos() / NANOS;
    }

    /// When it ended, in seconds since the service started to work.
    double end() {
        return to.nanos() / NANOS;
    }

    /// Calls per second.
    double throughput() {
        return (to.calls() - from.calls()) / Math.max(end() - begin(), 1 / NANOS);
    }

    /// The longest time that a document took, in milliseconds.
    double longestMillis() {
        return to.longest() / 1e6;
    }
}
