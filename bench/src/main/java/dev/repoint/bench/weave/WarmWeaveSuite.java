package dev.repoint.bench.weave;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Weaving whole jars in a warm JVM.
public final class WarmWeaveSuite implements Suite {

    private static final int ITERATIONS = 6;
    private static final int MILLIS = 1_000;

    @Override
    public String name() {
        return "weave";
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Jmh jmh = new Jmh(settings, name(), WeaveBenchmark.class);
        if (settings.brief()) {
            jmh.param("jar", "guava");
        }
        Map<Jmh.Id, Samples> scores = jmh.run(ITERATIONS, MILLIS);
        List<Group> groups = new ArrayList<>();
        for (String jar : List.of("guava", "commons-lang3")) {
            for (String patchable : List.of("one", "all")) {
                Map<Weaving, Samples> times = new EnumMap<>(Weaving.class);
                scores.forEach((id, samples) -> {
                    if (id.get("jar").equals(jar) && id.get("patchable").equals(patchable)) {
                        times.put(Weaving.valueOf(id.get("weaving").toUpperCase(Locale.ROOT)), samples);
                    }
                });
                if (!times.isEmpty()) {
                    String what = patchable.equals("one") ? "one patchable" : "all patchables";
                    groups.addAll(
                            Throughput.groups(jar + ", " + what + ", warm", Corpus.read(settings.corpus(jar)), times));
                }
            }
        }
        return new Report(
                name(),
                List.of(
                        "Forks: " + settings.forks()
                                + "; each counts with the median of its iterations. Bytes in memory to"
                                + " bytes in memory, one thread.",
                        Throughput.RATIOS),
                groups);
    }
}
