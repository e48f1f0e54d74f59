package dev.repoint.bench.calls;

import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Calls of a function that adds one.
///
/// Each call takes the result of the one before, with bits turned over by the loop's counter: the compiler may
/// inline the calls, but not fold a thousand additions into fewer. What is left of an inlined call is one
/// addition that waits for the one before.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CallBenchmark {

    private static final int CALLS = 1_000;

    private static volatile IntUnaryOperator volatileField = new Add.First();
    private static IntUnaryOperator field = new Add.First();

    private final IntUnaryOperator[] three = {new Add.First(), new Add.Second(), new Add.Third()};
    private int turn;
    private int start = 1;

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int direct() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Add.direct(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int patchable(Patched state) {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Add.patchable(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int wrapper() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Add.wrapper(x ^ i);
        }
        return x;
    }

    /// The target, if there is one, calls the default and adds one, as [Add#wrapper] does.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int wrapped(Patched state) {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Add.wrapped(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int staticFinalHandle() throws Throwable {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = (int) Add.HANDLE.invokeExact(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int mutableCallSite() throws Throwable {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = (int) Add.CALL_SITE.invokeExact(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int volatileInterface() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = volatileField.applyAsInt(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int interfaceOfOne() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = field.applyAsInt(x ^ i);
        }
        return x;
    }

    /// The field holds each implementation a third of the time, so that the call's profile has all three.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int interfaceOfThree() {
        turn = turn == 2 ? 0 : turn + 1;
        field = three[turn];
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = field.applyAsInt(x ^ i);
        }
        return x;
    }
}
