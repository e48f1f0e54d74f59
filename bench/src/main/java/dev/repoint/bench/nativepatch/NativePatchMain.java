package dev.repoint.bench.nativepatch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.bench.Samples;
import dev.repoint.bench.calls.Patching;
import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.Poker;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One fork: changes where all sites of a hook lead, in each way in turn, and prints the medians.
final class NativePatchMain {

    private static final NativeTarget TARGET = NativeTarget.symbol("add_two");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String HOOK = "hook";
    private static final String RUN = "run";
    private static final long LEAST_WARM_UP_NANOS = 2_000_000_000;
    private static final long QUIET_NANOS = 500_000_000;
    private static final int MOST_ONE_BY_ONE = 10_000;
    private static final int MOST_TIMES = 20_001;
    private static final int FEWEST_TIMES = 21;

    private final NativeModule library;
    private final int sites;
    private final NativePatchable hook;
    private final MethodHandle run;
    private final Map<Way, List<Double>> nanos = new EnumMap<>(Way.class);

    private NativePatchMain(NativeModule library, int sites) {
        this.library = library;
        this.sites = sites;
        this.hook = library.patchable(HOOK);
        this.run = function(RUN, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        if (hook.sites() != sites) {
            throw new IllegalStateException(hook + " has " + hook.sites() + " sites");
        }
    }

    /// @param args the library, how many sites, how many threads run through them, nanoseconds for each way; or
    ///     just two, and the first set alone is timed
    public static void main(String[] args) throws Throwable {
        NativePatchMain fork = new NativePatchMain(NativeModule.load(Path.of(args[0])), Integer.parseInt(args[1]));
        fork.check(1);
        if (args.length == 2) {
            long start = System.nanoTime();
            fork.hook.set(TARGET);
            fork.note(Way.FIRST, start, 1);
            fork.check(2);
        } else {
            fork.measure(Integer.parseInt(args[2]), Long.parseLong(args[3]));
        }
        fork.nanos.forEach((way, values) -> System.out.println(way + " " + new Samples(values).median()));
    }

    private void measure(int threads, long budget) throws Throwable {
        HookSites all = new HookSites(library, HOOK, "add_two");
        if (all.size() != sites) {
            throw new IllegalStateException(hook + " has " + all.size() + " calls");
        }
        Batch there = all.all(false);
        Batch back = all.all(true);
        List<Batch> eachThere = all.each(false, MOST_ONE_BY_ONE);
        List<Batch> eachBack = all.each(true, MOST_ONE_BY_ONE);
        busy(threads);
        warmUp(
                () -> {
                    set();
                    protocol(there, back);
                    oneByOne(eachThere.subList(0, 1), eachBack.subList(0, 1));
                },
                20 * budget);
        nanos.clear();
        long limit = System.nanoTime() + 2 * budget;
        for (int i = 0; i < FEWEST_TIMES || i < MOST_TIMES && System.nanoTime() < limit; i++) {
            set();
            protocol(there, back);
        }
        limit = System.nanoTime() + budget;
        for (int i = 0; i == 0 || i < MOST_TIMES && System.nanoTime() < limit; i++) {
            oneByOne(eachThere, eachBack);
        }
        finish();
        check(1);
    }

    /// Patches until the compilers of the JVM have been quiet for a while: their threads, too, are stopped by
    /// barriers.
    private static void warmUp(ThereAndBack patching, long longest) throws Throwable {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        long begin = System.nanoTime();
        long compiled = -1;
        long changed = begin;
        long now = begin;
        while (now - begin < longest && (now - begin < LEAST_WARM_UP_NANOS || now - changed < QUIET_NANOS)) {
            patching.run();
            now = System.nanoTime();
            if (compilers.getTotalCompilationTime() != compiled) {
                compiled = compilers.getTotalCompilationTime();
                changed = now;
            }
        }
    }

    /// Patches there and back.
    @FunctionalInterface
    private interface ThereAndBack {
        void run() throws Throwable;
    }

    private void set() throws Throwable {
        set(TARGET);
        check(2);
        set(NativeTarget.byDefault());
    }

    private void set(NativeTarget target) {
        long used = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        hook.set(target);
        note(Way.SET, start, 1);
        nanos.computeIfAbsent(Way.PROCESSOR, absent -> new ArrayList<>())
                .add((double) (THREADS.getCurrentThreadCpuTime() - used));
    }

    private void protocol(Batch there, Batch back) throws Throwable {
        Poker poker = Poker.instance();
        long start = System.nanoTime();
        poker.apply(there);
        note(Way.PROTOCOL, start, 1);
        check(2);
        start = System.nanoTime();
        poker.apply(back);
        note(Way.PROTOCOL, start, 1);
    }

    private void oneByOne(List<Batch> there, List<Batch> back) throws Throwable {
        Poker poker = Poker.instance();
        long start = System.nanoTime();
        there.forEach(poker::apply);
        back.forEach(poker::apply);
        note(Way.ONE_BY_ONE, start, 2.0 * there.size() / sites);
    }

    private void note(Way way, long start, double patches) {
        nanos.computeIfAbsent(way, absent -> new ArrayList<>()).add((double) (System.nanoTime() - start) / patches);
    }

    /// Proves that every site leads where it should.
    private void check(int adds) throws Throwable {
        Patching.check(sites + " sites", (int) run.invokeExact(0), sites * adds);
    }

    private void busy(int threads) throws Throwable {
        MethodHandle start = function("busy_start", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        MemorySegment runner = library.symbol(RUN).orElseThrow();
        int failed = (int) start.invokeExact(runner, threads);
        if (failed != 0) {
            throw new IllegalStateException("the busy threads do not start");
        }
    }

    private void finish() throws Throwable {
        function("busy_finish", FunctionDescriptor.ofVoid()).invokeExact();
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.symbol(name).orElseThrow(), type);
    }
}
