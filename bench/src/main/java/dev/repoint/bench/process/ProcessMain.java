package dev.repoint.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One fork: patches one target there and back, by Repoint and by gdb in turn, and prints what each way had it
/// stand still.
final class ProcessMain {

    private static final int BY_DEFAULT = 1;
    private static final int RETARGETED = 2;

    private final Target target;
    private final Map<Way, List<Long>> nanos = new EnumMap<>(Way.class);

    private ProcessMain(Target target) {
        this.target = target;
    }

    /// @param args the program, how many sites its hook has, how many threads it is to have, milliseconds to
    ///     warm up, how often Repoint patches there and back, how often gdb does, and what is pointed elsewhere
    public static void main(String[] args) throws IOException, InterruptedException {
        Path program = Path.of(args[0]);
        int sites = Integer.parseInt(args[1]);
        try (Target target = new Target(program, sites, Integer.parseInt(args[2]))) {
            target.window(BY_DEFAULT);
            ProcessMain fork = new ProcessMain(target);
            fork.byRepoint(
                    args[6], sites, Duration.ofMillis(Long.parseLong(args[3])).toNanos(), Integer.parseInt(args[4]));
            if (Integer.parseInt(args[5]) > 0 && Gdb.missing().isEmpty()) {
                Gdb gdb = new Gdb(program, target);
                if (gdb.size() != sites) {
                    throw new IllegalStateException("gdb is to change " + gdb.size() + " calls, not " + sites);
                }
                fork.byGdb(gdb, Integer.parseInt(args[5]));
            }
            fork.print();
        }
    }

    private void byRepoint(String key, int sites, long warmUp, int times) throws IOException {
        try (Outside outside = new Outside(target.pid(), key, sites)) {
            note(Way.FIRST, patch(outside, true).seen());
            patch(outside, false);
            for (long start = System.nanoTime(); System.nanoTime() - start < warmUp; ) {
                patch(outside, true);
                patch(outside, false);
            }
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                note(patch(outside, true));
                note(patch(outside, false));
                LockSupport.parkNanos((System.nanoTime() - start) / 2);
                note(Way.NOTHING, target.window(BY_DEFAULT));
            }
        }
    }

    /// The pause of one patch, in nanoseconds.
    ///
    /// @param seen by the target
    /// @param reported by the patch itself
    private record Pause(long seen, long reported) {}

    private Pause patch(Outside outside, boolean isThere) throws IOException {
        target.window(isThere ? BY_DEFAULT : RETARGETED);
        long reported = isThere ? outside.set() : outside.reset();
        return new Pause(target.window(isThere ? RETARGETED : BY_DEFAULT), reported);
    }

    private void note(Pause pause) {
        note(Way.SEEN, pause.seen());
        note(Way.REPORTED, pause.reported());
    }

    private void byGdb(Gdb gdb, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            target.window(BY_DEFAULT);
            gdb.setEach(target.addTwo());
            note(Way.GDB, target.window(RETARGETED));
            gdb.setEach(target.addOne());
            note(Way.GDB, target.window(BY_DEFAULT));
            gdb.setAtOnce(target.addTwo());
            note(Way.GDB_AT_ONCE, target.window(RETARGETED));
            gdb.setAtOnce(target.addOne());
            note(Way.GDB_AT_ONCE, target.window(BY_DEFAULT));
        }
    }

    private void note(Way way, long value) {
        nanos.computeIfAbsent(way, absent -> new ArrayList<>()).add(value);
    }

    private void print() {
        nanos.forEach((way, values) -> {
            Quantiles quantiles = Quantiles.of(values);
            System.out.println(way + " " + quantiles.median());
            switch (way) {
                case SEEN -> System.out.println(Way.SEEN_P99 + " " + quantiles.p99());
                case REPORTED -> System.out.println(Way.REPORTED_P99 + " " + quantiles.p99());
                case NOTHING -> System.out.println(Way.NOTHING_P99 + " " + quantiles.p99());
                case GDB -> System.out.println(Way.GDB_LONGEST + " " + quantiles.longest());
                case GDB_AT_ONCE -> System.out.println(Way.GDB_AT_ONCE_LONGEST + " " + quantiles.longest());
                case FIRST, SEEN_P99, REPORTED_P99, NOTHING_P99, GDB_LONGEST, GDB_AT_ONCE_LONGEST -> {
                    // The median is all there is to say.
                }
            }
        });
    }
}
