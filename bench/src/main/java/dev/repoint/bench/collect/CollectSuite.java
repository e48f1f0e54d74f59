package dev.repoint.bench.collect;

import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
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

/// Collecting the sites of native files, against the tools that print relocations and instructions of the same
/// files.
public final class CollectSuite implements Suite {

    private static final int ROUNDS = 7;
    private static final int WARM_UP = 30;
    private static final String BASELINE = "objdump -dr";
    private static final String WARM = "collecting, in a warm JVM";

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        int rounds = settings.brief() ? 2 : ROUNDS;
        List<Group> groups = new ArrayList<>();
        for (Binary binary : Binary.present(settings)) {
            System.out.println(name() + ": " + binary.name());
            groups.addAll(measure(settings, binary, rounds));
        }
        return new Report(
                name(),
                List.of(
                        "Rounds: " + rounds + "; each runs every command once. Output goes to /dev/null.",
                        "Commands: from the start of the process to its end. Warm: file to sites in memory, median of"
                                + " 11 after "
                                + WARM_UP + ".",
                        "Ratios are to " + BASELINE + " of the same round."),
                groups);
    }

    private List<Group> measure(Settings settings, Binary binary, int rounds) throws IOException, InterruptedException {
        String file = binary.file().toString();
        Path scratch = settings.scratch(name());
        List<Command> commands = List.of(
                new Command(BASELINE, List.of("objdump", "-dr", file)),
                new Command("readelf -rW", List.of("readelf", "-rW", file)),
                new Command(
                        "repoint sites --summary",
                        List.of(settings.root().resolve("repoint").toString(), "sites", "--summary", file)),
                new Command(
                        "repoint sites --json",
                        List.of(settings.root().resolve("repoint").toString(), "sites", "--json", file)));
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        Map<String, List<Double>> peaks = new LinkedHashMap<>();
        long sites = 0;
        for (int round = -1; round < rounds; round++) {
            for (Command command : commands) {
                Command.Cost cost = command.run(scratch);
                if (round >= 0) {
                    millis.computeIfAbsent(command.name(), absent -> new ArrayList<>())
                            .add(cost.millis());
                    peaks.computeIfAbsent(command.name(), absent -> new ArrayList<>())
                            .add(cost.peakKilobytes() / 1000);
                }
            }
            if (round >= 0) {
                List<String> lines = Child.of(List.of("-Xmx2g"), CollectMain.class, file, Integer.toString(WARM_UP))
                        .run();
                millis.computeIfAbsent(WARM, absent -> new ArrayList<>()).add(value(lines, "warm "));
                sites = (long) value(lines, "sites ");
            }
        }
        if (binary.name().startsWith("100,000") && sites < Generated.calls()) {
            throw new IllegalStateException(
                    "only " + sites + " sites of " + Generated.calls() + " calls were collected");
        }
        String title = String.format(Locale.ROOT, "%s (%.1f MB, %,d sites)", binary.name(), binary.size() / 1e6, sites);
        return List.of(
                new Group(title + ": time", "ms", BASELINE, cases(millis)),
                new Group(title + ": throughput", "MB/s", BASELINE, cases(rates(millis, binary.size()))),
                new Group(title + ": peak memory", "MB", BASELINE, cases(peaks)));
    }

    private static Map<String, List<Double>> rates(Map<String, List<Double>> millis, long size) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        millis.forEach((name, values) ->
                rates.put(name, values.stream().map(each -> size / each / 1e3).toList()));
        return rates;
    }

    private static List<Group.Case> cases(Map<String, List<Double>> samples) {
        List<Group.Case> cases = new ArrayList<>();
        samples.forEach((name, values) -> cases.add(new Group.Case(name, new Samples(values))));
        return cases;
    }

    private static double value(List<String> lines, String prefix) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the run printed no '" + prefix + "'"));
    }
}
