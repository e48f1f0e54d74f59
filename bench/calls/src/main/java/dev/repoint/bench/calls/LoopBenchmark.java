package dev.repoint.bench.calls;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// `y[i] = a * x[i] + y[i]` over arrays of int that fit the first cache, with one call for each element. Where
/// the call is inlined the loop uses vector instructions. JMH takes the array that is returned, so that all of
/// it is stored.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LoopBenchmark {

    private static final int ELEMENTS = 2_048;

    private static volatile Axpy.Operator volatileField = new Axpy.First();
    private static Axpy.Operator field = new Axpy.First();

    private final Axpy.Operator[] three = {new Axpy.First(), new Axpy.Second(), new Axpy.Third()};
    private final int[] x = new int[ELEMENTS];
    private final int[] y = new int[ELEMENTS];
    private int turn;
    private int a = 3;

    /// Fills the vectors.
    public LoopBenchmark() {
        for (int i = 0; i < ELEMENTS; i++) {
            x[i] = i * 31;
            y[i] = i ^ 0x5555;
        }
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] direct() {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = Axpy.direct(factor, from[i], to[i]);
        }
        return to;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] patchable(Patched state) {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = Axpy.patchable(factor, from[i], to[i]);
        }
        return to;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] staticFinalHandle() throws Throwable {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = (int) Axpy.HANDLE.invokeExact(factor, from[i], to[i]);
        }
        return to;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] mutableCallSite() throws Throwable {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = (int) Axpy.CALL_SITE.invokeExact(factor, from[i], to[i]);
        }
        return to;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] volatileInterface() {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = volatileField.apply(factor, from[i], to[i]);
        }
        return to;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] interfaceOfOne() {
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = field.apply(factor, from[i], to[i]);
        }
        return to;
    }

    /// The field holds each implementation a third of the time, so that the call's profile has all three.
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int[] interfaceOfThree() {
        turn = turn == 2 ? 0 : turn + 1;
        field = three[turn];
        int[] from = x;
        int[] to = y;
        int factor = a;
        for (int i = 0; i < ELEMENTS; i++) {
            to[i] = field.apply(factor, from[i], to[i]);
        }
        return to;
    }
}
