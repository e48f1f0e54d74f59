package dev.repoint.bench.process;

import dev.repoint.linux.NativeTarget;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One fork: leads functions of one target elsewhere and back, all as one patch, by their sites and at their entries
/// in turn, and prints how long the target stood still and how long each patch took.
final class FunctionsMain {

    private static final NativeTarget OTHER = NativeTarget.symbol("add_two");

    private final Target target;
    private final OtherProcess process;
    private final int functions;
    private final Map<Functions, List<ProcessChange>> changes = new EnumMap<>(Functions.class);
    private final Map<Functions, List<Long>> pauses = new EnumMap<>(Functions.class);
    private final Map<Functions, List<Long>> whole = new EnumMap<>(Functions.class);

    private FunctionsMain(Target target, OtherProcess process, int functions) {
        this.target = target;
        this.process = process;
        this.functions = functions;
        List<ProcessChange> each = IntStream.range(0, functions)
                .mapToObj(i -> new ProcessChange(NativeKey.parse("f_" + i), OTHER))
                .toList();
        changes.put(Functions.SITES, each);
        changes.put(Functions.ENTRIES, each);
        changes.put(Functions.HOOK, List.of(new ProcessChange(NativeKey.parse("hook"), OTHER)));
    }

    /// @param args the program, how many functions it has, how many threads it is to have, milliseconds to warm up, and
    ///     how often each is patched there and back
    public static void main(String[] args) throws IOException {
        int functions = Integer.parseInt(args[1]);
        try (Target target = new Target(Path.of(args[0]), 2 * functions, Integer.parseInt(args[2]));
                OtherProcess process = OtherProcess.open(target.pid())) {
            FunctionsMain fork = new FunctionsMain(target, process, functions);
            target.windowOf(2 * functions);
            long warmUp = Duration.ofMillis(Long.parseLong(args[3])).toNanos();
            for (long start = System.nanoTime(); System.nanoTime() - start < warmUp; ) {
                fork.patchAll();
            }
            fork.pauses.clear();
            fork.whole.clear();
            for (int i = 0; i < Integer.parseInt(args[4]); i++) {
                fork.patchAll();
            }
            print("pause", fork.pauses);
            print("whole", fork.whole);
        }
    }

    private void patchAll() throws IOException {
        for (Functions each : Functions.values()) {
            patch(each, true);
            patch(each, false);
        }
    }

    private void patch(Functions way, boolean isThere) throws IOException {
        List<ProcessChange> there = changes.getOrDefault(way, List.of());
        target.windowOf(isThere ? 2 * functions : 3 * functions);
        long start = System.nanoTime();
        int sites = isThere
                ? process.set(
                                there,
                                SetOptions.DEFAULT.withChoice(
                                        way == Functions.ENTRIES ? PatchChoice.ENTRY : PatchChoice.SITES))
                        .sites()
                : process.reset(List.of()).sites();
        long end = System.nanoTime();
        if (sites < functions) {
            throw new IllegalStateException(sites + " sites were patched, not " + functions);
        }
        pauses.computeIfAbsent(way, absent -> new ArrayList<>())
                .add(target.windowOf(isThere ? 3 * functions : 2 * functions));
        whole.computeIfAbsent(way, absent -> new ArrayList<>()).add(end - start);
    }

    private static void print(String what, Map<Functions, List<Long>> nanos) {
        nanos.forEach((way, values) -> {
            Quantiles quantiles = Quantiles.of(values);
            System.out.println(what + " " + way + " " + quantiles.median());
            System.out.println(what + "-99 " + way + " " + quantiles.p99());
        });
    }
}
