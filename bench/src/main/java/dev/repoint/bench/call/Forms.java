package dev.repoint.bench.call;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The forms of a call as rows of a table.
final class Forms {

    private static final int ITERATIONS = 20;
    private static final int MILLIS = 100;
    private static final String BASELINE = "direct call";

    private Forms() {}

    static List<String> about(Settings settings) {
        return List.of(
                "Forks: " + settings.forks() + "; each counts with the median of its iterations.",
                "Ratios are to the direct call of the same round; medians, and the smallest and largest.");
    }

    static Group group(String title, String unit, Jmh jmh) throws IOException {
        Map<Jmh.Id, Samples> scores = jmh.run(ITERATIONS, MILLIS);
        List<Group.Case> cases = new ArrayList<>();
        for (String method : List.of(
                "direct",
                "patchable",
                "wrapper",
                "wrapped",
                "staticFinalHandle",
                "mutableCallSite",
                "volatileInterface",
                "interfaceOfOne",
                "interfaceOfThree")) {
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
            case "direct" -> BASELINE;
            case "patchable" -> "patchable, " + id.get("mode") + " mode, " + id.get("target");
            case "wrapper" -> "wrapper by hand";
            case "wrapped" ->
                "patchable, " + id.get("mode") + " mode, "
                        + (id.get("target").equals("default") ? "default, again" : "wrapped with @Original");
            case "staticFinalHandle" -> "static final MethodHandle";
            case "mutableCallSite" -> "MutableCallSite";
            case "volatileInterface" -> "volatile field of a functional interface";
            case "interfaceOfOne" -> "interface field, one implementation";
            case "interfaceOfThree" -> "interface field, three implementations";
            default -> throw new IllegalArgumentException(id.method());
        };
    }
}
