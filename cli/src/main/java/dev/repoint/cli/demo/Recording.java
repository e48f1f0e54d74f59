package dev.repoint.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All samples of a run so far. Not thread-safe.
final class Recording {

    private final List<Sample> samples = new ArrayList<>();
    private final Map<Phase, Double> starts = new EnumMap<>(Phase.class);
    private Phase phase = Phase.WARM_UP;
    private Reading last = Reading.ZERO;

    /// Goes on to a phase; samples that come later belong to it.
    void enter(Phase next) {
        phase = next;
        starts.put(next, last.nanos() / 1e9);
    }

    /// Adds the next reading.
    void add(Reading reading) {
        if (reading.nanos() > last.nanos()) {
            samples.add(new Sample(phase, last, reading));
            last = reading;
        }
    }

    /// The phase now.
    Phase phase() {
        return phase;
    }

    /// The latest reading.
    Reading last() {
        return last;
    }

    /// The samples, oldest first.
    List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /// When a phase began, in seconds; negative if it has not.
    double start(Phase of) {
        return starts.getOrDefault(of, -1.0);
    }

    /// The samples of a phase, without the first ones.
    ///
    /// @param settle how many seconds to leave out at its beginning
    List<Sample> of(Phase wanted, double settle) {
        double from = start(wanted) + settle;
        return matching(wanted).filter(sample -> sample.begin() >= from).toList();
    }

    /// The longest time that a document took in the samples of some phases, in milliseconds.
    double longestMillis(Phase... wanted) {
        return Stream.of(wanted)
                .flatMap(this::matching)
                .mapToDouble(Sample::longestMillis)
                .max()
                .orElse(0);
    }

    private Stream<Sample> matching(Phase wanted) {
        return samples.stream().filter(sample -> sample.phase() == wanted);
    }
}
