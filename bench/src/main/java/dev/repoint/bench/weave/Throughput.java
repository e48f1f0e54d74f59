package dev.repoint.bench.weave;

import dev.repoint.bench.Group;
import dev.repoint.bench.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Times of a whole jar as tables of classes and of megabytes a second.
final class Throughput {

    /// ASM that looks for what the agent and the command look for, and so does the same work.
    private static final Weaving BASELINE = Weaving.ASM_ANNOTATED;

    /// What the ratios mean.
    static final String RATIOS = "Ratios are to \"" + BASELINE.label()
            + "\": it looks for the same methods as the agent and the weave command. More is better.";

    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private Throughput() {}

    /// Two tables of the same measurements.
    ///
    /// @param times nanoseconds for the whole jar
    static List<Group> groups(String title, Corpus corpus, Map<Weaving, Samples> times) {
        String of = title + " (" + corpus.classes().size() + " classes, " + corpus.size() / 1_000 + " kB)";
        return List.of(
                group(of, "classes/s", corpus.classes().size() * NANOS, times),
                group(of, "MB/s", corpus.size() * NANOS / MEGA, times));
    }

    private static Group group(String title, String unit, double work, Map<Weaving, Samples> times) {
        List<Group.Case> cases = new ArrayList<>();
        times.forEach((weaving, nanos) -> cases.add(new Group.Case(
                weaving.label(),
                new Samples(nanos.values().stream().map(time -> work / time).toList()))));
        return new Group(title, unit, BASELINE.label(), cases);
    }
}
