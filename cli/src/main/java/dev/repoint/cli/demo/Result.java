package dev.repoint.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What a run has shown.
///
/// @param recording all samples
/// @param settle how many seconds at the beginning of each phase do not count as measured
/// @param setMillis how long `set` took, with attaching
/// @param resetMillis how long `reset` took
/// @param patchedTarget what the status said while the drop-in was set
/// @param finalTarget what the status said at the end
record Result(
        Recording recording,
        double settle,
        double setMillis,
        double resetMillis,
        String patchedTarget,
        String finalTarget) {

    /// Calls that may be under way when counters are read.
    private static final long UNDER_WAY = 100;

    /// The throughput of a phase.
    Spread throughput(Phase phase) {
        return Spread.of(recording.of(phase, settle), Sample::throughput);
    }

    /// The calls of a phase per second of processor time.
    Spread perProcessorSecond(Phase phase) {
        return Spread.of(recording.of(phase, settle), Sample::perProcessorSecond);
    }

    /// How many processors the service had in a phase, on average.
    double processors(Phase phase) {
        List<Sample> samples = recording.of(phase, settle);
        long nanos = samples.stream().mapToLong(each -> each.to().nanos() - each.from().nanos()).sum();
        long cpu = samples.stream().mapToLong(each -> each.to().cpu() - each.from().cpu()).sum();
        return nanos == 0 ? 0 : (double) cpu / nanos;
    }

    /// The results that were checked in a phase.
    long checked(Phase phase) {
        return sum(phase, Reading::calls);
    }

    /// The results of a phase that were wrong.
    long wrong(Phase phase) {
        return sum(phase, Reading::wrong);
    }

    /// The calls of a phase that arrived at the drop-in.
    long arrived(Phase phase) {
        return sum(phase, Reading::dropIn);
    }

    /// Whether every call of a phase arrived at the drop-in, but for those that were under way when they were counted.
    boolean allArrived(Phase phase) {
        return checked(phase) > 0 && checked(phase) - arrived(phase) <= UNDER_WAY;
    }

    /// What went wrong, one line each; empty where nothing did.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (recording.last().wrong() > 0) {
            faults.add(recording.last().wrong() + " results were wrong");
        }
        if (arrived(Phase.BEFORE) > 0) {
            faults.add(arrived(Phase.BEFORE) + " calls arrived at the drop-in before it was set");
        }
        if (!allArrived(Phase.PATCHED)) {
            faults.add("of " + checked(Phase.PATCHED) + " calls after set " + arrived(Phase.PATCHED)
                    + " arrived at the drop-in");
        }
        if (arrived(Phase.AFTER) > UNDER_WAY) {
            faults.add(arrived(Phase.AFTER) + " calls arrived at the drop-in after reset");
        }
        if (!patchedTarget.startsWith(Switch.TARGET)) {
            faults.add("status said that the target was " + patchedTarget + " and not " + Switch.TARGET);
        }
        if (!finalTarget.equals("default")) {
            faults.add("status said at the end that the target was " + finalTarget + " and not the default");
        }
        return faults;
    }

    private long sum(Phase phase, ToLongFunction<Reading> counter) {
        return recording.of(phase, 0).stream()
                .mapToLong(sample -> counter.applyAsLong(sample.to()) - counter.applyAsLong(sample.from()))
                .sum();
    }
}
