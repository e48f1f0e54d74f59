package dev.repoint.bench.logging;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Calls of Logback's `debug` that log nothing, plain and patched.
public final class LoggingSuite implements Suite {

    private static final int ITERATIONS = 10;
    private static final int MILLIS = 200;
    private static final String WITHOUT = "no call";

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Jmh jmh = new Jmh(settings, name(), LoggingBenchmark.class);
        String agent = settings.jar("agent").toString();
        for (Kind kind : Kind.values()) {
            jmh.variant(kind.name(), kind.options(agent));
        }
        Map<Jmh.Id, Samples> scores = jmh.run(ITERATIONS, MILLIS);
        return new Report(
                name(),
                List.of(
                        "Unchanged Logback from Maven Central. Options of the agent make it patchable, and patch it.",
                        "Forks: " + settings.forks() + "; each counts with the median of its iterations.",
                        "Ratios are to plain Logback with level INFO in the same round: it logs nothing."),
                List.of(
                        group("debug(\"order {}\", name) behind isDebugEnabled()", "guarded", scores),
                        group("debug(\"order {}\", name) without a check", "unguarded", scores)));
    }

    private static Group group(String title, String method, Map<Jmh.Id, Samples> scores) {
        List<Group.Case> cases = new ArrayList<>();
        cases.add(new Group.Case(WITHOUT, samples(scores, "without", Kind.PLAIN_OFF)));
        for (Kind kind : Kind.values()) {
            cases.add(new Group.Case(kind.label(), samples(scores, method, kind)));
        }
        return new Group(title, "ns/call", Kind.PLAIN_OFF.label(), cases);
    }

    private static Samples samples(Map<Jmh.Id, Samples> scores, String method, Kind kind) {
        return scores.entrySet().stream()
                .filter(entry -> entry.getKey().method().equals(method)
                        && entry.getKey().get(Jmh.VARIANT).equals(kind.name()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(method + " of " + kind + " was not measured"));
    }
}
