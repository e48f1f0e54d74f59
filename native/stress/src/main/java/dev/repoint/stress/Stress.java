package dev.repoint.stress;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.poke.Batch;
import dev.repoint.linux.poke.PokeException;
import dev.repoint.linux.poke.Poker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Runs the stress: patches without pause, while two Java threads, two native threads and the handler of a
/// timer signal call the sites and judge every result, and one thread collects the heap again and again.
///
/// A crash of the process is a failure, and the first thing that this is about.
public final class Stress {

    /// The least number of sites.
    public static final int LEAST_SITES = 572;

    private static final int JAVA_THREADS = 2;
    private static final int NATIVE_THREADS = 2;
    private static final long TIMER_NANOS = 1_000_000;
    private static final long COLLECTION_NANOS = 50_000_000;
    /// Where nothing gets its turn, it goes on for so long until the first thread has met a breakpoint.
    private static final long GRACE_NANOS = 60_000_000_000L;
    private static final int VERSIONS = 65536;
    private static final long FAR_AWAY = 0x1000_0000_0000L;
    private static final VarHandle WORD = JAVA_LONG.varHandle();

    private final int count;
    private final Poker poker;
    private final StressLibrary library;
    private final SiteStates states;
    private final MemorySegment history;
    private final MemorySegment completed;
    private final MemorySegment started;
    private final List<List<Integer>> groups = new ArrayList<>();
    private final int[] groupStates = new int[SiteSource.GROUPS];

    @SuppressWarnings("UnusedVariable") // written only, so that the compiler leaves no allocation out
    private volatile byte[] garbage = {};

    private volatile boolean ended;

    /// What a thread has counted.
    private record Counts(long calls, long wrong, long unjudged) {}

    private Stress(int count) throws IOException, InterruptedException {
        this.count = count;
        this.poker = poker();
        this.library = StressLibrary.load(count);
        this.states = new SiteStates(library, poker, count, javaTarget(), farTarget());
        this.history = library.symbol("stress_history").reinterpret((long) VERSIONS * SiteSource.GROUPS);
        this.completed = library.symbol("stress_completed").reinterpret(Long.BYTES);
        this.started = library.symbol("stress_started").reinterpret(Long.BYTES);
        for (int group = 0; group < SiteSource.GROUPS; group++) {
            groups.add(new ArrayList<>());
        }
        for (int site = 0; site < count; site++) {
            groups.get(SiteSource.group(site, count)).add(site);
        }
    }

    private static Poker poker() throws IOException {
        try {
            return Poker.instance();
        } catch (PokeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Runs it.
    ///
    /// @param sites   how many sites it has
    /// @param seconds how long it runs
    /// @throws IOException if there is no C compiler, or code cannot be changed here
    public static StressResult run(int sites, double seconds) throws IOException, InterruptedException {
        if (sites < LEAST_SITES) {
            throw new IllegalArgumentException("a stress of " + sites + " sites; have " + LEAST_SITES + " or more");
        }
        return new Stress(sites).run(seconds);
    }

    private StressResult run(double seconds) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(JAVA_THREADS + 1);
        long traps = poker.traps();
        long flips = poker.patches();
        try {
            int failed = (int) library.start.invokeExact(NATIVE_THREADS, TIMER_NANOS);
            if (failed != 0) {
                throw new IllegalStateException("the native threads do not start: " + failed);
            }
            List<Future<Counts>> callers = new ArrayList<>();
            for (int i = 0; i < JAVA_THREADS; i++) {
                callers.add(threads.submit(caller(i)));
            }
            Future<Long> collector = threads.submit(this::collect);
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            long changes = 0;
            long patches = 0;
            SplittableRandom random = new SplittableRandom(20181018);
            long now = begin;
            while (now < end || poker.traps() == traps && now < end + GRACE_NANOS) {
                changes += patch(++patches, random);
                now = System.nanoTime();
            }
            double took = (now - begin) / 1e9;
            ended = true;
            long[] native_ = finish();
            long calls = native_[0] + native_[3];
            long wrong = native_[1];
            long unjudged = native_[2];
            for (Future<Counts> each : callers) {
                calls += each.get().calls();
                wrong += each.get().wrong();
                unjudged += each.get().unjudged();
            }
            return new StressResult(
                    took,
                    count,
                    patches,
                    poker.patches() - flips,
                    changes,
                    calls,
                    native_[3],
                    poker.traps() - traps,
                    unjudged,
                    collector.get(),
                    wrong,
                    wrong == 0 ? "" : firstWrong());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (RuntimeException | Error | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            ended = true;
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /// One patch: a small group, a group, or several groups at once.
    private long patch(long version, SplittableRandom random) {
        int kind = random.nextInt(4);
        int groupsToChange = switch (kind) {
            case 0, 1 -> 1 << SiteSource.SMALL_GROUPS + random.nextInt(SiteSource.GROUPS - SiteSource.SMALL_GROUPS);
            case 2 -> 1 << random.nextInt(SiteSource.GROUPS);
            default -> 1 + random.nextInt((1 << SiteSource.GROUPS) - 1);
        };
        Batch.Builder batch = Batch.builder();
        for (int group = 0; group < SiteSource.GROUPS; group++) {
            if ((groupsToChange >> group & 1) != 0) {
                int next = (groupStates[group] + 1 + random.nextInt(SiteStates.STATES - 1)) % SiteStates.STATES;
                groupStates[group] = next;
                for (int site : groups.get(group)) {
                    states.change(site, next, batch);
                }
            }
            history.set(JAVA_BYTE, version % VERSIONS * SiteSource.GROUPS + group, (byte) groupStates[group]);
        }
        Batch ready = batch.build();
        WORD.setVolatile(started, 0L, version);
        poker.apply(ready);
        WORD.setVolatile(completed, 0L, version);
        return ready.size();
    }

    /// Calls sites from Java: bursts inside of native code, and single calls.
    private Callable<Counts> caller(int number) {
        return () -> {
            SplittableRandom random = new SplittableRandom(number);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment seed = arena.allocateFrom(JAVA_LONG, 1234567 + number);
                MemorySegment counters = arena.allocate(JAVA_LONG, 8);
                long calls = 0;
                long wrong = 0;
                long unjudged = 0;
                while (!ended) {
                    library.burst.invokeExact(seed, 200L, counters);
                    for (int i = 0; i < 100; i++) {
                        int verdict = (int) library.check.invokeExact(random.nextInt(count), (long) random.nextInt());
                        calls++;
                        wrong += verdict == 0 ? 1 : 0;
                        unjudged += verdict == 2 ? 1 : 0;
                    }
                }
                return new Counts(
                        calls + counters.getAtIndex(JAVA_LONG, 0),
                        wrong + counters.getAtIndex(JAVA_LONG, 1),
                        unjudged + counters.getAtIndex(JAVA_LONG, 2));
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private long collect() {
        long collections = 0;
        while (!ended) {
            for (int i = 0; i < 1000; i++) {
                garbage = new byte[1 << 10];
            }
            System.gc();
            collections++;
            // Back to back, collections would leave the thread that patches no time.
            LockSupport.parkNanos(COLLECTION_NANOS);
        }
        return collections;
    }

    private long[] finish() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counts = arena.allocate(JAVA_LONG, 4);
            library.finish.invokeExact(counts);
            return counts.toArray(JAVA_LONG);
        }
    }

    private String firstWrong() {
        long[] wrong =
                library.symbol("stress_first_wrong").reinterpret(5 * Long.BYTES).toArray(JAVA_LONG);
        int site = (int) wrong[0];
        return "site %d (%s, group %d) returned %d for %d between patches %d and %d"
                .formatted(
                        site,
                        SiteSource.form(site),
                        SiteSource.group(site, count),
                        wrong[2],
                        wrong[1],
                        wrong[3],
                        wrong[4]);
    }

    /// A copy of a function, too far from the sites for a direct branch.
    private long farTarget() {
        long start = library.symbol("stress_far").address();
        byte[] code =
                Memory.bytes(start, (int) (library.symbol("stress_far_end").address() - start));
        if (!Memory.mapAt(FAR_AWAY, Memory.PAGE, Memory.READ | Memory.WRITE)) {
            throw new IllegalStateException("0x" + Long.toHexString(FAR_AWAY) + " is not free");
        }
        Memory.bytes(FAR_AWAY, code);
        Memory.protect(FAR_AWAY, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        poker.synchronise(FAR_AWAY, code.length);
        return FAR_AWAY;
    }

    private static long javaTarget() {
        try {
            MethodHandle method = MethodHandles.lookup()
                    .findStatic(Stress.class, "inJava", MethodType.methodType(long.class, long.class));
            FunctionDescriptor type = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
            for (int i = 0; i < SiteAssemblies.own().argument(); i++) {
                method = MethodHandles.dropArguments(method, 0, long.class);
                type = type.insertArgumentLayouts(0, JAVA_LONG);
            }
            return Linker.nativeLinker()
                    .upcallStub(method, type, Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod")
    private static long inJava(long x) {
        return 11 * x + 4;
    }
}
