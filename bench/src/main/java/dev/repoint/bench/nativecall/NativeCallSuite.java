package dev.repoint.bench.nativecall;

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

/// A call inside of native code, direct, patched, and in the forms that programs take in place of patching.
public final class NativeCallSuite implements Suite {

    private static final int TIMES = 101;
    private static final int FORKS = 15;
    private static final int BRIEF_FORKS = 3;

    @Override
    public String name() {
        return "native-call";
    }

    @Override
    public String missing() {
        return NativeBuild.missing();
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        Path library = CallSources.build(settings);
        int forks = settings.brief() ? BRIEF_FORKS : FORKS;
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        for (int round = 1; round <= forks; round++) {
            System.out.println(name() + ": round " + round + " of " + forks);
            List<String> lines = Child.of(
                            List.of("--enable-native-access=ALL-UNNAMED"),
                            NativeCallMain.class,
                            library.toString(),
                            Integer.toString(TIMES))
                    .run();
            for (String line : lines) {
                int end = line.lastIndexOf(' ');
                nanos.computeIfAbsent(line.substring(0, end), absent -> new ArrayList<>())
                        .add(Double.parseDouble(line.substring(end + 1)));
            }
        }
        return new Report(
                name(),
                List.of(
                        "Forks: " + forks + ". In each fork native code times every form " + TIMES
                                + " times in turn; a fork counts with the median.",
                        "Ratios are to the direct call of the same fork; medians, and the smallest and largest."),
                List.of(
                        group("one site in a loop, each call waits for the one before", "hot", nanos),
                        group(
                                String.format(
                                        Locale.ROOT, "%,d distinct sites, one after the other", CallSources.SITES),
                                "many",
                                nanos)));
    }

    private static Group group(String title, String what, Map<String, List<Double>> nanos) throws IOException {
        List<Group.Case> cases = new ArrayList<>();
        for (Form form : Form.values()) {
            List<Double> values = nanos.get(what + " " + form.name());
            if (values == null) {
                throw new IOException("the forks printed nothing of '" + what + " " + form.name() + "'");
            }
            cases.add(new Group.Case(form.label, new Samples(values)));
        }
        return new Group(title, "ns/call", Form.DIRECT.label, cases);
    }
}
