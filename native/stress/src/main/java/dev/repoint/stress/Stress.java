package dev.repoint.stress;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
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

    /// So many Java threads call sites, and so many native ones, if nothing else is said.
    public static final int THREADS = 2;
    /// No more than that.
    public static final int MOST_THREADS = 8;

    private static final long TIMER_NANOS = 1_000_000;
    private static final long COLLECTION_NANOS = 50_000_000;
    /// Before anybody calls: the first patches load the classes that patches need.
    private static final int FIRST_PATCHES = 20;
    /// Where nothing gets its turn, it goes on for so long until the first thread has met a breakpoint.
    private static final long GRACE_NANOS = 60_000_000_000L;
    private static final int VERSIONS = 65536;
    private static final long FAR_AWAY = 0x1000_0000_0000L;
    private static final VarHandle WORD = JAVA_LONG.varHandle();
    private static final VarHandle NUMBER = JAVA_INT.varHandle();

    private final int count;
    private final Poker poker;
    private final StressLibrary library;
    private final SiteStates states;
    private final MemorySegment history;
    private final MemorySegment completed;
    private final MemorySegment started;
    private final MemorySegment told;
    private final List<List<Integer>> groups = new ArrayList<>();
    private final int[] groupStates = new int[SiteSource.GROUPS];

    @SuppressWarnings("UnusedVariable") // written only, so that the compiler leaves no allocation out
    private volatile byte[] garbage = {};

    private volatile boolean ended;

    private Stress(int count) throws IOException, InterruptedException {
        this.count = count;
        this.poker = poker();
        this.library = StressLibrary.load(count);
        this.states = new SiteStates(library, poker, count, javaTarget(), farTarget());
        this.history = library.symbol("stress_history").reinterpret((long) VERSIONS * SiteSource.GROUPS);
        this.completed = library.symbol("stress_completed").reinterpret(Long.BYTES);
        this.started = library.symbol("stress_started").reinterpret(Long.BYTES);
        this.told = library.symbol("stress_told").reinterpret(Integer.BYTES);
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
    /// Ends at once when a call goes wrong.
    ///
    /// @param sites   how many sites it has
    /// @param threads how many Java threads call them, and how many native ones
    /// @param seconds how long it runs
    /// @throws IOException if there is no C compiler, or code cannot be changed here
    public static StressResult run(int sites, int threads, double seconds) throws IOException, InterruptedException {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("a stress of " + threads + " threads; have 1 to " + MOST_THREADS);
        }
        if (sites < LEAST_SITES) {
            throw new IllegalArgumentException("a stress of " + sites + " sites; have " + LEAST_SITES + " or more");
        }
        return new Stress(sites).run(threads, seconds);
    }

    private StressResult run(int callerCount, double seconds) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(callerCount + 1);
        SplittableRandom random = new SplittableRandom(20181018);
        long version = 0;
        while (version < FIRST_PATCHES) {
            patch(++version, random);
        }
        long traps = poker.traps();
        long flips = poker.patches();
        try {
            int failed = (int) library.start.invokeExact(callerCount, TIMER_NANOS);
            if (failed != 0) {
                throw new IllegalStateException("the native threads do not start: " + failed);
            }
            List<Future<long[]>> callers = new ArrayList<>();
            for (int i = 0; i < callerCount; i++) {
                callers.add(threads.submit(caller(i)));
            }
            Future<Long> collector = threads.submit(this::collect);
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            long changes = 0;
            long now = begin;
            while (!hasFailed() && (now < end || poker.traps() == traps && now < end + GRACE_NANOS)) {
                changes += patch(++version, random);
                now = System.nanoTime();
            }
            double took = (now - begin) / 1e9;
            ended = true;
            long[] native_ = finish();
            long calls = native_[0] + native_[3];
            long wrong = native_[1];
            long unjudged = native_[2];
            long backwards = native_[4];
            for (Future<long[]> each : callers) {
                long[] counts = each.get();
                calls += counts[0];
                wrong += counts[1];
                unjudged += counts[2];
                backwards += counts[3];
            }
            return new StressResult(
                    took,
                    count,
                    version - FIRST_PATCHES,
                    poker.patches() - flips,
                    changes,
                    calls,
                    native_[3],
                    poker.traps() - traps,
                    unjudged,
                    collector.get(),
                    backwards,
                    wrong,
                    wrong + backwards == 0 ? "" : firstWrong());
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

    /// Calls sites from Java: bursts inside of native code, and single calls. Returns calls, wrong ones, unjudged ones and
    /// those that went back.
    private Callable<long[]> caller(int number) {
        return () -> {
            SplittableRandom random = new SplittableRandom(number);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment seed = arena.allocateFrom(JAVA_LONG, 1234567 + number);
                MemorySegment counters = arena.allocate(JAVA_LONG, 8);
                while (!ended) {
                    library.burst.invokeExact(seed, 200L, counters);
                    for (int i = 0; i < 100; i++) {
                        library.check.invokeExact(random.nextInt(count), (long) random.nextInt(), counters);
                    }
                }
                return counters.toArray(JAVA_LONG);
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
            long begin = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                garbage = new byte[1 << 10];
            }
            System.gc();
            collections++;
            // Back to back, collections would leave the thread that patches no time.
            LockSupport.parkNanos(Math.max(COLLECTION_NANOS, 4 * (System.nanoTime() - begin)));
        }
        return collections;
    }

    private long[] finish() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counts = arena.allocate(JAVA_LONG, 5);
            library.finish.invokeExact(counts);
            return counts.toArray(JAVA_LONG);
        }
    }

    private boolean hasFailed() {
        return (int) NUMBER.getVolatile(told, 0L) != 0;
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
        long far = FAR_AWAY;
        while (!Memory.mapAt(far, Memory.PAGE, Memory.READ | Memory.WRITE)) {
            far += FAR_AWAY >>> 8; // the JVM may have put something there
        }
        Memory.bytes(far, code);
        Memory.protect(far, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        poker.synchronise(far, code.length);
        return far;
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
