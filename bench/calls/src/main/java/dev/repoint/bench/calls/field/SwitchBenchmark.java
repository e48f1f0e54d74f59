package dev.repoint.bench.calls.field;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A switch that is off, asked once for each element of an array that is copied with one added: a loop that the
/// compiler vectorises where nothing has to be read anew for each element.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class SwitchBenchmark {

    private static final int CHECKS = 1_000;

    private final int[] numbers = new int[CHECKS];
    private final int[] results = new int[CHECKS];

    /// Numbers that no compiler knows.
    public SwitchBenchmark() {
        for (int i = 0; i < CHECKS; i++) {
            numbers[i] = Integer.reverse(i) ^ i * 31;
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] staticFinal() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] = Switches.FIXED ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] patchable(PatchedFields state) {
        for (int i = 0; i < CHECKS; i++) {
            results[i] = Switches.patchable ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] plainStatic() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] = Switches.plain ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] volatileStatic() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] = Switches.isVolatile ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] map() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] =
                    Boolean.TRUE.equals(Switches.MAP.get("tracing")) ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] openFeature() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] = Switches.OPEN_FEATURE.getBooleanValue("tracing", false)
                    ? Switches.traced(numbers[i])
                    : numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int[] togglz() {
        for (int i = 0; i < CHECKS; i++) {
            results[i] =
                    Switches.TOGGLZ.isActive(Switches.Toggles.TRACING) ? Switches.traced(numbers[i]) : numbers[i] + 1;
        }
        return results;
    }
}
