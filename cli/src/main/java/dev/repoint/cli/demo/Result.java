package dev.repoint.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What a run has shown.
///
/// @param terms what things are called
/// @param recording all samples
/// @param settle how many seconds at the beginning of each phase do not count as measured
/// @param changes what was changed, in order
/// @param claims what the status said
/// @param firstWrong what was wrong first; empty if nothing was, or nobody knows
record Result(
        SummaryLabels terms,
        Recording recording,
        double settle,
        List<TimedChange> changes,
        List<StatusCheck> claims,
        Optional<String> firstWrong) {

    /// Calls that may be under way when counters are read.
    private static final long UNDER_WAY = 100;

    /// Copies the lists.
    Result {
        changes = List.copyOf(changes);
        claims = List.copyOf(claims);
    }

    /// The throughput of a phase.
    Quartiles throughput(Phase phase) {
        return Quartiles.of(recording.of(phase, settle), Sample::throughput);
    }

    /// The calls of a phase per second of processor time.
    Quartiles perProcessorSecond(Phase phase) {
        return Quartiles.of(recording.of(phase, settle), Sample::perProcessorSecond);
    }

    /// How many processors the service had in a phase, on average.
    double processors(Phase phase) {
        List<Sample> samples = recording.of(phase, settle);
        long nanos = samples.stream()
                .mapToLong(each -> each.to().nanos() - each.from().nanos())
                .sum();
        long cpu = samples.stream()
                .mapToLong(each -> each.to().cpu() - each.from().cpu())
                .sum();
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

    /// The calls of a phase that arrived at the target.
    long arrived(Phase phase) {
        return sum(phase, Reading::dropIn);
    }

    /// Whether every call of a phase arrived at the target, but for those that were under way when they were
    /// counted.
    boolean allArrived(Phase phase) {
        return checked(phase) > 0 && checked(phase) - arrived(phase) <= UNDER_WAY;
    }

    /// What went wrong, one line each; empty where nothing did.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (recording.last().wrong() > 0) {
            faults.add(recording.last().wrong() + " " + terms.results() + " were wrong"
                    + firstWrong.map(wrong -> "; the first: " + wrong).orElse(""));
        }
        for (Phase phase : terms.measured()) {
            switch (phase) {
                case BEFORE -> {
                    if (arrived(phase) > 0) {
                        faults.add(arrived(phase) + " " + terms.calls() + " arrived at the target before it was set");
                    }
                }
                case PATCHED, FIXED -> {
                    if (!allArrived(phase)) {
                        faults.add("of " + checked(phase) + " " + terms.calls() + " after set " + arrived(phase)
                                + " arrived at the target");
                    }
                }
                case AFTER -> {
                    if (arrived(phase) > UNDER_WAY) {
                        faults.add(arrived(phase) + " " + terms.calls() + " arrived at the target after reset");
                    }
                }
                case WARM_UP, SETTING, LOADING, RESETTING -> {
                    // Targets change, so calls may arrive at either.
                }
            }
        }
        claims.stream()
                .filter(claim -> !claim.isRight())
                .map(StatusCheck::fault)
                .forEach(faults::add);
        return faults;
    }

    private long sum(Phase phase, ToLongFunction<Reading> counter) {
        return recording.of(phase, 0).stream()
                .mapToLong(sample -> counter.applyAsLong(sample.to()) - counter.applyAsLong(sample.from()))
                .sum();
    }
}
