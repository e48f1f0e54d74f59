package dev.repoint.bench.calls.chain;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Chains of functions of one type, each of which calls the next. A call takes the result of the one before.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ChainBenchmark {

    /// How many functions call each other.
    @Param({"2", "4", "6", "10", "14"})
    public int depth;

    private int start = 1;

    /// The patchables in the state that the parameters name.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets the parameters
    public static class Patched {

        /// The mode.
        @Param({"constant", "pointer"})
        public String mode;

        /// Which of them are retargeted.
        @Param({"none", "few", "half", "all"})
        public String retargeted;

        private int depth;

        /// Patches.
        @Setup
        public void patch(ChainBenchmark of) {
            depth = of.depth;
            Chain.patch(depth, dev.repoint.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), part());
        }

        /// Proves that what was measured is what was asked for.
        @TearDown
        public void check() {
            Chain.check("patchable", PatchableChain.run(depth, 1), depth, part());
        }

        private Chain.Part part() {
            return Chain.Part.valueOf(retargeted.toUpperCase(Locale.ROOT));
        }
    }

    /// A chain whose calls are pointed at their targets before it is loaded.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets the parameters
    public static class Direct {

        /// Which of them are retargeted.
        @Param({"few", "half"})
        public String retargeted;

        private IntBinaryOperator chain;

        /// Points the calls, and proves it.
        @Setup
        public void point(ChainBenchmark of) {
            Chain.Part part = Chain.Part.valueOf(retargeted.toUpperCase(Locale.ROOT));
            chain = DirectCopy.of(part);
            Chain.check("direct", chain.applyAsInt(of.depth, 1), of.depth, part);
        }
    }

    /// Proves that the chains compute the same.
    @Setup
    public void check() throws Throwable {
        Chain.check("plain", PlainChain.run(depth, 1), depth, Chain.Part.NONE);
        Chain.check("method handle", HandleChain.run(depth, 1), depth, Chain.Part.NONE);
        Chain.check("call site", CallSiteChain.run(depth, 1), depth, Chain.Part.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(Chain.CALLS)
    public int plain() {
        return PlainChain.run(depth, start);
    }

    @Benchmark
    @OperationsPerInvocation(Chain.CALLS)
    public int patchable(Patched state) {
        return PatchableChain.run(depth, start);
    }

    @Benchmark
    @OperationsPerInvocation(Chain.CALLS)
    public int direct(Direct state) {
        return state.chain.applyAsInt(depth, start);
    }

    @Benchmark
    @OperationsPerInvocation(Chain.CALLS)
    public int handle() throws Throwable {
        return HandleChain.run(depth, start);
    }

    @Benchmark
    @OperationsPerInvocation(Chain.CALLS)
    public int callSite() throws Throwable {
        return CallSiteChain.run(depth, start);
    }
}
