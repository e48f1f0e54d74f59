package dev.repoint.bench.nativeentry;

import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// A call of a native function that is patched at its entry: direct, patched, wrapped, and with what other tools put
/// on functions.
public final class NativeEntrySuite implements Suite {

    private static final int TIMES = 101;
    private static final int FORKS = 15;
    private static final int BRIEF_FORKS = 3;
    private static final String UPROBE = "uprobe that counts (perf_event_open)";
    private static final String GDB = "gdb, a breakpoint that continues";

    @Override
    public String name() {
        return "native-entry";
    }

    @Override
    public String missing() {
        return NativeBuild.missing();
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        Path library = EntrySources.library(settings);
        Tools tools = new Tools(EntrySources.probed(settings));
        int forks = settings.brief() ? BRIEF_FORKS : FORKS;
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        for (int round = 1; round <= forks; round++) {
            System.out.println(name() + ": round " + round + " of " + forks);
            List<String> lines = Child.of(
                            List.of("--enable-native-access=ALL-UNNAMED"),
                            NativeEntryMain.class,
                            library.toString(),
                            Integer.toString(TIMES))
                    .run();
            for (String line : lines) {
                String[] words = line.split(" ");
                note(nanos, Form.valueOf(words[0]).label, OptionalDouble.of(Double.parseDouble(words[1])));
            }
            note(nanos, UPROBE, tools.uprobe());
            note(nanos, GDB, tools.gdb());
        }
        List<Group.Case> cases = new ArrayList<>();
        nanos.forEach((label, values) -> {
            if (values.size() == forks) {
                cases.add(new Group.Case(label, new Samples(values)));
            }
        });
        List<String> about = new ArrayList<>(List.of(
                "Forks: " + forks + ". In each fork native code times every form " + TIMES
                        + " times in turn; a fork counts with the median. After it, programs of their own run under"
                        + " the other tools.",
                "Ratios are to the direct call of the same fork; medians, and the smallest and largest.",
                slowest(nanos)));
        about.addAll(tools.missing());
        about.add("Frida is left out: its package of npm has no binary in it, and its installation downloads one.");
        about.forEach(line -> System.out.println(name() + ": " + line));
        return new Report(
                name(),
                about,
                List.of(new Group(
                        "a call in a loop, each waits for the one before", "ns/call", Form.DIRECT.label, cases)));
    }

    private static void note(Map<String, List<Double>> nanos, String label, OptionalDouble value) {
        value.ifPresent(each ->
                nanos.computeIfAbsent(label, absent -> new ArrayList<>()).add(each));
    }

    /// What calls of patched entries take more than direct ones.
    private static String slowest(Map<String, List<Double>> nanos) {
        double slowest = Double.NEGATIVE_INFINITY;
        for (Form form : Form.values()) {
            if (form.state == Form.State.ENTRY && form.body != Form.Body.IMPORTED) {
                slowest = Math.max(slowest, median(nanos, form) - median(nanos, Form.DIRECT));
            }
        }
        return String.format(
                Locale.ROOT,
                "The slowest of the entry-patched forms takes %.2f ns more than the direct call.",
                slowest);
    }

    private static double median(Map<String, List<Double>> nanos, Form form) {
        return new Samples(nanos.getOrDefault(form.label, List.of(Double.NaN))).median();
    }
}
