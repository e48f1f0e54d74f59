package dev.repoint.bench.call;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.bench.calls.chain.Chain;
import dev.repoint.bench.calls.chain.ChainBenchmark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Chains of nested calls.
public final class ChainSuite implements Suite {

    private static final int ITERATIONS = 20;
    private static final int MILLIS = 100;
    private static final String BASELINE = "plain calls";

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public boolean runsOnAnyJdk() {
        return true;
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Jmh jmh = new Jmh(settings, name(), ChainBenchmark.class);
        if (settings.brief()) {
            jmh.param("depth", "2", "6", "14").param("retargeted", "few", "half");
        }
        Map<String, List<Group.Case>> byDepth = new LinkedHashMap<>();
        Map<Jmh.Id, Samples> scores = jmh.run(ITERATIONS, MILLIS);
        for (String method : List.of("plain", "direct", "patchable", "handle", "callSite")) {
            scores.forEach((id, samples) -> {
                if (id.method().equals(method)) {
                    byDepth.computeIfAbsent(id.get("depth"), absent -> new ArrayList<>())
                            .add(new Group.Case(label(id), samples));
                }
            });
        }
        List<Group> groups = new ArrayList<>();
        byDepth.forEach((depth, cases) -> groups.add(new Group("a chain of " + depth, "ns/call", BASELINE, cases)));
        return new Report(
                name(),
                List.of(
                        "Forks: " + settings.forks() + "; each counts with the median of its iterations.",
                        "Ratios are to the plain chain of the same depth and round; medians, and the smallest and"
                                + " largest.",
                        "\"Levels\" is the number of methods that the compiler must inline into each other; HotSpot"
                                + " stops after 16."),
                groups);
    }

    private static String label(Jmh.Id id) {
        return switch (id.method()) {
            case "plain" -> BASELINE;
            case "handle" -> "static final MethodHandle";
            case "callSite" -> "MutableCallSite";
            case "direct" -> "direct mode, " + retargeted(id);
            case "patchable" -> {
                Chain.Part part = Chain.Part.valueOf(id.get("retargeted").toUpperCase(Locale.ROOT));
                yield "patchable, " + id.get("mode") + " mode, " + retargeted(id) + ", "
                        + part.levels(Integer.parseInt(id.get("depth"))) + " levels";
            }
            default -> throw new IllegalArgumentException(id.method());
        };
    }

    private static String retargeted(Jmh.Id id) {
        Chain.Part part = Chain.Part.valueOf(id.get("retargeted").toUpperCase(Locale.ROOT));
        int depth = Integer.parseInt(id.get("depth"));
        return part == Chain.Part.FEW ? part.count(depth) + " retargeted" : id.get("retargeted") + " retargeted";
    }
}
