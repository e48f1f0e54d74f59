package dev.repoint.bench.call;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.bench.calls.field.OperationsBenchmark;
import dev.repoint.bench.calls.field.SwitchBenchmark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads of a patchable field, as a switch and as a table of operations.
public final class FieldSuite implements Suite {

    private static final int ITERATIONS = 10;
    private static final int MILLIS = 200;
    private static final String BASELINE = "static final field";

    @Override
    public String name() {
        return "field";
    }

    @Override
    public boolean runsOnAnyJdk() {
        return true;
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Group switches = group(
                "a switch that is off, asked for each element of an array that is copied",
                "ns/check",
                new Jmh(settings, name() + "-switch", SwitchBenchmark.class),
                List.of("staticFinal", "patchable", "plainStatic", "volatileStatic", "map", "openFeature", "togglz"));
        Group operations = group(
                "a call through a field that holds an operation",
                "ns/call",
                new Jmh(settings, name() + "-operations", OperationsBenchmark.class),
                List.of("staticFinal", "patchable", "plainOfOne", "volatileOfOne", "plainOfThree", "volatileOfThree"));
        return new Report(
                name(),
                List.of(
                        "Forks: " + settings.forks() + "; each counts with the median of its iterations.",
                        "Ratios are to the static final field of the same round; medians, and the smallest and"
                                + " largest."),
                List.of(switches, operations));
    }

    private static Group group(String title, String unit, Jmh jmh, List<String> methods) throws IOException {
        Map<Jmh.Id, Samples> scores = jmh.run(ITERATIONS, MILLIS);
        List<Group.Case> cases = new ArrayList<>();
        for (String method : methods) {
            scores.forEach((id, samples) -> {
                if (id.method().equals(method)) {
                    cases.add(new Group.Case(label(id), samples));
                }
            });
        }
        return new Group(title, unit, BASELINE, cases);
    }

    private static String label(Jmh.Id id) {
        return switch (id.method()) {
            case "staticFinal" -> BASELINE;
            case "patchable" -> "patchable field, " + id.get("mode") + " mode";
            case "plainStatic" -> "plain static field";
            case "volatileStatic" -> "volatile static field";
            case "map" -> "ConcurrentHashMap";
            case "openFeature" -> "OpenFeature, InMemoryProvider";
            case "togglz" -> "Togglz, InMemoryStateRepository";
            case "plainOfOne" -> "interface field, one implementation";
            case "volatileOfOne" -> "volatile interface field, one implementation";
            case "plainOfThree" -> "interface field, three implementations";
            case "volatileOfThree" -> "volatile interface field, three implementations";
            default -> throw new IllegalArgumentException(id.method());
        };
    }
}
