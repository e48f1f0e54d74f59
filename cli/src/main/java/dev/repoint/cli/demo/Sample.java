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

    /// How long it took, in seconds.
    double seconds() {
        return (to.nanos() - from.nanos()) / NANOS;
    }

    /// Calls per second.
    double throughput() {
        return (to.calls() - from.calls()) * NANOS / Math.max(to.nanos() - from.nanos(), 1);
    }

    /// Calls per second of processor time: what the calls cost, whatever else runs on the machine.
    double perProcessorSecond() {
        return (to.calls() - from.calls()) * NANOS / Math.max(to.cpu() - from.cpu(), 1);
    }

    /// The longest time that a document took, in milliseconds.
    double longestMillis() {
        return to.longest() / 1e6;
    }
}
