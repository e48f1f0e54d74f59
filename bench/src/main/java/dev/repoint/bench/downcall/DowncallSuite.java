package dev.repoint.bench.downcall;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A call from Java of a native function that calls a hook.
public final class DowncallSuite implements Suite {

    /// From the root of the project.
    static final String LIBRARY = "bench/target/downcall/libdowncall.so";

    private static final int ITERATIONS = 1_000;
    private static final int MILLIS = 1;
    private static final String SOURCE = """
        #include <repoint.h>

        __attribute__((noipa)) int add_one(int x) { return x + 1; }
        __attribute__((noipa)) REPOINT_TARGET int add_two(int x) { return x + 2; }

        REPOINT_DECLARE(hook, add_one);
        REPOINT_DEFINE(hook, add_one);

        int through_hook(int x) {
            int result = hook(x);
            __asm__("" : "+r"(result)); /* a call, and not a jump */
            return result;
        }
        """;

    @Override
    public String name() {
        return "downcall";
    }

    @Override
    public String missing() {
        return NativeBuild.missing();
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        new NativeBuild(settings, name()).source("downcall.c", SOURCE).library("libdowncall.so", "downcall.c");
        Map<Jmh.Id, Samples> scores = new Jmh(settings, name(), DowncallBenchmark.class).run(ITERATIONS, MILLIS);
        List<Group.Case> cases = new ArrayList<>();
        for (LibraryState state : LibraryState.values()) {
            scores.forEach((id, samples) -> {
                if (id.get("library").equals(state.name())) {
                    cases.add(new Group.Case(state.label, samples));
                }
            });
        }
        return new Report(
                name(),
                List.of(
                        "Forks: " + settings.forks() + "; each counts with the median of its iterations.",
                        "Ratios are to the library that Repoint does not know, in the same round."),
                List.of(new Group(
                        "a call from Java of a native function that calls a hook",
                        "ns/call",
                        LibraryState.PLAIN.label,
                        cases)));
    }
}
