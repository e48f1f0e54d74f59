package dev.repoint.bench.calls.field;

import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Calls through a field that holds an operation. Each takes the result of the one before, with bits turned
/// over by the loop's counter, as in the calls of methods.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class OperationsBenchmark {

    private static final int CALLS = 1_000;

    private final IntUnaryOperator[] three = {new Operations.First(), new Operations.Second(), new Operations.Third()};
    private int turn;
    private int start = 1;

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int staticFinal() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.FIXED.applyAsInt(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int patchable(PatchedFields state) {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.patchable.applyAsInt(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int plainOfOne() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.plain.applyAsInt(x ^ i);
        }
        return x;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int volatileOfOne() {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.isVolatile.applyAsInt(x ^ i);
        }
        return x;
    }

    /// The field holds each implementation a third of the time, so that the call's profile has all three.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int plainOfThree() {
        turn = turn == 2 ? 0 : turn + 1;
        Operations.plain = three[turn];
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.plain.applyAsInt(x ^ i);
        }
        return x;
    }

    /// The same through the volatile field.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int volatileOfThree() {
        turn = turn == 2 ? 0 : turn + 1;
        Operations.isVolatile = three[turn];
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = Operations.isVolatile.applyAsInt(x ^ i);
        }
        return x;
    }
}
