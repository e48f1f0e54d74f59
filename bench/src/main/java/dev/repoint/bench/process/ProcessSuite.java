package dev.repoint.bench.process;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long a running program stands still while it is patched from outside: by Repoint, and by gdb in batch
/// mode.
public final class ProcessSuite implements Suite {

    private static final double MICROS = 1e-3;
    private static final int MANY = 10_000;
    private static final List<Integer> SITES = List.of(1, 100, MANY);
    private static final String IMPORT = "add_one";
    private static final List<Integer> THREADS = List.of(1, 44);
    /// One that waits has to tell the unwinder of the copies.
    private static final List<Integer> THREADS_OF_FUNCTIONS = List.of(2, 44);
    private static final List<Integer> FUNCTIONS = List.of(1, 1_000);

    @Override
    public String name() {
        return "process";
    }

    @Override
    public String missing() {
        return NativeBuild.missing();
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        int times = settings.brief() ? 20 : 150;
        int timesOfGdb = settings.brief() ? 1 : 2;
        int timesWithMany = 1; // gdb takes seconds for ten thousand sites.
        List<String> about = new ArrayList<>(List.of(
                "Forks: " + settings.forks() + ", each with a fresh target, " + 2 * times
                        + " patches by Repoint once it is warm,"
                        + " and " + 2 * timesOfGdb + " by gdb in each of its two ways (" + 2 * timesWithMany
                        + " of 10,000 sites); all change the same calls.",
                "As the target sees it: the longest gap between two times that its main thread read during the patch.",
                "All other threads of the target run through all sites and wait for ten milliseconds, over and over.",
                "If the target has several threads, Repoint stores the slots of imports while they run, and reports"
                        + " 0 us.",
                "Ratios are to \"Repoint, as the target sees it\" in the same fork.",
                "Functions are patched as one patch by their sites and at their entries in turn. Ratios of these tables"
                        + " are to the sites of as many functions in the same fork."));
        if (!Gdb.missing().isEmpty()) {
            System.out.println(name() + ": " + Gdb.missing());
            about.add(Gdb.missing());
        }
        List<Group> groups = new ArrayList<>();
        for (int sites : SITES) {
            Path program = TargetSource.program(settings, sites);
            int byGdb = sites < MANY ? timesOfGdb : timesWithMany;
            for (int threads : THREADS) {
                groups.add(group(settings, new Patched(program, "hook", sites, threads), times, byGdb));
            }
        }
        for (int threads : THREADS) {
            groups.add(group(settings, new Patched(TargetSource.importing(settings), IMPORT, 1, threads), times, 0));
        }
        for (int functions : FUNCTIONS) {
            Path program = TargetSource.functions(settings, functions);
            for (int threads : THREADS_OF_FUNCTIONS) {
                groups.addAll(functions(settings, program, functions, threads));
            }
        }
        return new Report(name(), about, groups);
    }

    /// What is patched.
    private record Patched(Path program, String key, int sites, int threads) {

        String title() {
            String what = key.equals(IMPORT) ? "import of a stripped program" : sites == 1 ? "site" : "sites";
            return String.format(
                    Locale.ROOT,
                    "%,d %s, %d %s in the target",
                    sites,
                    what,
                    threads,
                    threads == 1 ? "thread" : "threads");
        }
    }

    private Group group(Settings settings, Patched patched, int times, int timesOfGdb)
            throws IOException, InterruptedException {
        Map<Way, List<Double>> micros = new EnumMap<>(Way.class);
        String warmUpMillis = settings.brief() ? "500" : "1500";
        for (int round = 1; round <= settings.forks(); round++) {
            System.out.println(name() + ": " + patched.title() + ": round " + round + " of " + settings.forks());
            note(
                    micros,
                    Child.of(
                                    List.of("--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx256m"),
                                    ProcessMain.class,
                                    patched.program().toString(),
                                    Integer.toString(patched.sites()),
                                    Integer.toString(patched.threads()),
                                    warmUpMillis,
                                    Integer.toString(times),
                                    Integer.toString(timesOfGdb),
                                    patched.key())
                            .run());
        }
        List<Group.Case> cases = new ArrayList<>();
        micros.forEach((way, values) -> cases.add(new Group.Case(way.label, new Samples(values))));
        return new Group(patched.title(), "us", Way.SEEN.label, cases);
    }

    /// Functions that are patched at one moment, by sites and at entries.
    private List<Group> functions(Settings settings, Path program, int functions, int threads)
            throws IOException, InterruptedException {
        String title = String.format(
                Locale.ROOT,
                "%,d %s, %d %s in the target",
                functions,
                functions == 1 ? "function" : "functions",
                threads,
                threads == 1 ? "thread" : "threads");
        Map<String, List<Double>> micros = new HashMap<>();
        for (int round = 1; round <= settings.forks(); round++) {
            System.out.println(name() + ": " + title + ": round " + round + " of " + settings.forks());
            List<String> lines = Child.of(
                            List.of("--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx256m"),
                            FunctionsMain.class,
                            program.toString(),
                            Integer.toString(functions),
                            Integer.toString(threads),
                            settings.brief() ? "1500" : "5000",
                            settings.brief() ? "5" : "50")
                    .run();
            for (String line : lines) {
                int end = line.lastIndexOf(' ');
                micros.computeIfAbsent(line.substring(0, end), absent -> new ArrayList<>())
                        .add(Double.parseDouble(line.substring(end + 1)) * MICROS);
            }
        }
        return List.of(
                group(title + ": how long it stands still", "pause", micros),
                group(title + ": the whole patch", "whole", micros));
    }

    private static Group group(String title, String what, Map<String, List<Double>> micros) {
        List<Group.Case> cases = new ArrayList<>();
        for (Functions way : Functions.values()) {
            cases.add(new Group.Case(way.label, new Samples(micros.getOrDefault(what + " " + way, List.of()))));
            cases.add(new Group.Case(
                    way.label + ", 99 of 100 are shorter",
                    new Samples(micros.getOrDefault(what + "-99 " + way, List.of()))));
        }
        return new Group(title, "us", Functions.SITES.label, cases);
    }

    private static void note(Map<Way, List<Double>> micros, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            micros.computeIfAbsent(Way.valueOf(words[0]), absent -> new ArrayList<>())
                    .add(Double.parseDouble(words[1]) * MICROS);
        }
    }
}
