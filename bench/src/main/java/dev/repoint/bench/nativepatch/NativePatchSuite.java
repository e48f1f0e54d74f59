package dev.repoint.bench.nativepatch;

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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// How long a patch of native code takes, by the number of its sites, while nobody and while somebody runs
/// through them.
public final class NativePatchSuite implements Suite {

    private static final double MICROS = 1e-3;
    private static final long BUDGET_NANOS = 500_000_000;

    @Override
    public String name() {
        return "native-patch";
    }

    @Override
    public String missing() {
        return NativeBuild.missing();
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        List<Integer> counts = settings.brief() ? List.of(1, 10_000) : List.of(1, 100, 10_000, 100_000);
        Xray xray = new Xray(settings, counts);
        List<String> about = new ArrayList<>(List.of(
                "Forks: " + settings.forks() + "; each counts with the median of its sets and resets."
                        + " All are warm, except for the first set of a process.",
                "The protocol once for each site: measured with at most 10,000 sites, and extrapolated for more.",
                "XRay: each function has two sleds, so its smallest patch has two.",
                "Ratios are to the set or reset of the same round."));
        if (!xray.isHere()) {
            System.out.println(name() + ": " + xray.missing);
            about.add(xray.missing);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int[] loads = IntStream.of(0, settings.brief() ? cores : cores - 1, cores)
                .distinct()
                .toArray();
        List<Group> groups = new ArrayList<>();
        for (int sites : counts) {
            Path library = PatchSources.library(settings, sites);
            for (int threads : loads) {
                Map<Way, List<Double>> micros = new EnumMap<>(Way.class);
                for (int round = 1; round <= settings.forks(); round++) {
                    System.out.println(
                            name() + ": " + title(sites, threads) + ": round " + round + " of " + settings.forks());
                    round(settings, library, xray, sites, threads, micros);
                }
                List<Group.Case> cases = new ArrayList<>();
                micros.forEach((way, values) -> cases.add(new Group.Case(way.label, new Samples(values))));
                groups.add(new Group(title(sites, threads), "us", Way.SET.label, cases));
            }
        }
        return new Report(name(), about, groups);
    }

    private static void round(
            Settings settings, Path library, Xray xray, int sites, int threads, Map<Way, List<Double>> micros)
            throws IOException, InterruptedException {
        String budget = Long.toString(settings.brief() ? BUDGET_NANOS / 2 : BUDGET_NANOS);
        note(micros, fork(library.toString(), Integer.toString(sites), Integer.toString(threads), budget));
        if (threads == 0) {
            note(micros, fork(library.toString(), Integer.toString(sites)));
        }
        if (xray.isHere()) {
            note(micros, List.of(Way.XRAY + " " + xray.median(sites, threads)));
        }
    }

    private static List<String> fork(String... args) throws IOException, InterruptedException {
        return Child.of(
                        List.of("--enable-native-access=ALL-UNNAMED", "-Xms512m", "-Xmx512m"),
                        NativePatchMain.class,
                        args)
                .run();
    }

    private static void note(Map<Way, List<Double>> micros, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            micros.computeIfAbsent(Way.valueOf(words[0]), absent -> new ArrayList<>())
                    .add(Double.parseDouble(words[1]) * MICROS);
        }
    }

    private static String title(int sites, int threads) {
        return String.format(
                Locale.ROOT,
                "a patch of %,d %s, %s",
                sites,
                sites == 1 ? "site" : "sites",
                switch (threads) {
                    case 0 -> "idle";
                    case 1 -> "while 1 thread runs through them";
                    default -> "while " + threads + " threads run through them";
                });
    }
}
