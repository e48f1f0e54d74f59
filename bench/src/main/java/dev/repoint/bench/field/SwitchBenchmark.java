package dev.repoint.bench.field;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A switch that is off, asked once for each element of an array that is summed up.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class SwitchBenchmark {

    private static final int CHECKS = 1_000;

    private final int[] numbers = new int[CHECKS];

    /// Numbers that no compiler knows.
    public SwitchBenchmark() {
        for (int i = 0; i < CHECKS; i++) {
            numbers[i] = Integer.reverse(i) ^ i * 31;
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int staticFinal() {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.FIXED ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int patchable(PatchedFields state) {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.patchable ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int plainStatic() {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.plain ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int volatileStatic() {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.isVolatile ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int map() {
        int sum = 0;
        for (int x : numbers) {
            sum += Boolean.TRUE.equals(Switches.MAP.get("tracing")) ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int openFeature() {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.OPEN_FEATURE.getBooleanValue("tracing", false) ? Switches.traced(x) : x;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int togglz() {
        int sum = 0;
        for (int x : numbers) {
            sum += Switches.TOGGLZ.isActive(Switches.Toggles.TRACING) ? Switches.traced(x) : x;
        }
        return sum;
    }
}
