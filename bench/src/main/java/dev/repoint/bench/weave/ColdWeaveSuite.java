package dev.repoint.bench.weave;

import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Weaving whole jars in a JVM that has just started.
public final class ColdWeaveSuite implements Suite {

    private static final int ROUNDS = 11;

    @Override
    public String name() {
        return "weave-cold";
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        int rounds = settings.brief() ? 3 : ROUNDS;
        List<Group> groups = new ArrayList<>();
        for (String jar : List.of("guava", "commons-lang3")) {
            Corpus corpus = Corpus.read(settings.corpus(jar));
            for (String patchable : List.of("one", "all")) {
                System.out.println(name() + ": " + jar + ", " + patchable);
                Map<Weaving, List<Double>> times = new EnumMap<>(Weaving.class);
                for (int round = 0; round < rounds; round++) {
                    for (Weaving weaving : Weaving.values()) {
                        times.computeIfAbsent(weaving, absent -> new ArrayList<>())
                                .add(once(settings, weaving, jar, patchable));
                    }
                }
                Map<Weaving, Samples> samples = new EnumMap<>(Weaving.class);
                times.forEach((weaving, values) -> samples.put(weaving, new Samples(values)));
                String what = patchable.equals("one") ? "one patchable" : "all patchables";
                groups.addAll(Throughput.groups(jar + ", " + what + ", cold", corpus, samples));
            }
        }
        return new Report(
                name(),
                List.of(
                        "Runs: " + rounds
                                + ", each in a fresh JVM. It reads the jar into memory and weaves it once. The weavers"
                                + " take turns.",
                        Throughput.RATIOS),
                groups);
    }

    private static double once(Settings settings, Weaving weaving, String jar, String patchable)
            throws IOException, InterruptedException {
        return Child.of(
                        List.of("-Xms256m", "-Xmx256m"),
                        ColdMain.class,
                        weaving.name(),
                        settings.corpus(jar).toString(),
                        jar,
                        patchable)
                .run()
                .stream()
                .filter(line -> line.startsWith("cold "))
                .mapToDouble(line -> Double.parseDouble(line.substring("cold ".length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the run printed no time"));
    }
}
