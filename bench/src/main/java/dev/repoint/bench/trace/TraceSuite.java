package dev.repoint.bench.trace;

import dev.repoint.bench.Group;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.bench.calls.trace.TracedLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A busy program before, while and after a tool shows calls of it.
public final class TraceSuite implements Suite {

    private static final int SHORT_CALL = 20;
    private static final int LONG_CALL = 700;
    private static final long WARM_MILLIS = 1_500;
    private static final long SETTLE_MILLIS = 3_000;
    private static final long MEASURE_MILLIS = 1_500;
    private static final int HASTE = 3;
    private static final String LONG = "a call " + LONG_CALL / SHORT_CALL + " times as long";
    private static final String BASELINE = "not observed";

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public boolean runsOnAnyJdk() {
        return true;
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        List<String> about = new ArrayList<>(List.of(
                "One thread calls one method in a loop, and checks every sum. A tool is loaded into the running"
                        + " program.",
                "Rounds: " + settings.forks()
                        + ", each with a new JVM for each row. Ratios are to the program that is not"
                        + " observed, of the same round."));
        List<Tool> tools = new ArrayList<>();
        for (Tool tool : List.of(
                new RepointTool(settings, "trace", List.of("--args", "--limit", "2000000000")),
                new RepointTool(settings, "count", List.of()),
                new ArthasTool(settings),
                new BTraceTool(settings))) {
            String missing = tool.missing(settings.jdk());
            if (missing.isEmpty()) {
                tools.add(tool);
            } else {
                about.add("Left out: " + missing + ".");
            }
        }
        List<Group> groups = new ArrayList<>();
        groups.add(group("a short call, a condition that never holds", settings, tools, SHORT_CALL, 0));
        if (!settings.brief()) {
            groups.add(group(
                    "a short call, a condition that holds for 1 % of the calls",
                    settings, tools, SHORT_CALL, TracedLoop.FEW));
            groups.add(group(LONG + ", a condition that never holds", settings, tools, LONG_CALL, 0));
        }
        groups.add(group(
                LONG + ", a condition that holds for 1 % of the calls", settings, tools, LONG_CALL, TracedLoop.FEW));
        return new Report(name(), about, groups);
    }

    private static Group group(String title, Settings settings, List<Tool> tools, int rounds, int limit)
            throws IOException, InterruptedException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        int haste = settings.brief() ? HASTE : 1;
        for (int i = 0; i < settings.forks(); i++) {
            try (Traced plain = Traced.start(settings, List.of(), rounds)) {
                Traced.settle((WARM_MILLIS + SETTLE_MILLIS) / haste);
                add(rates, BASELINE, plain, MEASURE_MILLIS / haste);
            }
            for (Tool tool : tools) {
                try (Traced program = Traced.start(settings, tool.jvmOptions(), rounds)) {
                    Traced.settle(WARM_MILLIS / haste);
                    Tool.Observation observation = tool.observe(program.pid(), limit);
                    Traced.settle(Tool.START_MILLIS + SETTLE_MILLIS / haste);
                    add(rates, tool.label(), program, MEASURE_MILLIS / haste);
                    if (observation.end()) {
                        Traced.settle(SETTLE_MILLIS / haste);
                        add(rates, "afterwards: " + tool.label(), program, MEASURE_MILLIS / haste);
                    }
                }
            }
        }
        List<Group.Case> cases = new ArrayList<>();
        rates.forEach((label, values) -> cases.add(new Group.Case(label, new Samples(values))));
        return new Group(title, "calls/µs", BASELINE, cases);
    }

    private static void add(Map<String, List<Double>> rates, String label, Traced program, long millis)
            throws IOException, InterruptedException {
        rates.computeIfAbsent(label, absent -> new ArrayList<>()).add(program.rate(millis));
    }
}
