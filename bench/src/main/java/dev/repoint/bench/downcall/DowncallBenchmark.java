package dev.repoint.bench.downcall;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.repoint.bench.calls.Patching;
import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

/// Calls of a function of C that calls a hook, each with the result of the one before.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DowncallBenchmark {

    private static final int CALLS = 1_000;

    /// The library of the fork, and the function.
    private static final class Function {
        private static final MethodHandle CALL;

        static {
            String file = System.getProperty("repoint.bench.root") + "/" + DowncallSuite.LIBRARY;
            MemorySegment function = state == LibraryState.PLAIN
                    ? SymbolLookup.libraryLookup(file, Arena.global()).findOrThrow("through_hook")
                    : NativeModule.load(Path.of(file)).symbol("through_hook").orElseThrow();
            CALL = Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        }
    }

    private static LibraryState state = LibraryState.PLAIN;

    /// What was done to the library.
    @Param
    public LibraryState library = LibraryState.PLAIN;

    private int start = 1;

    /// Brings the library into its state, and proves that it is in it.
    @Setup
    public void prepare() throws Throwable {
        state = library;
        check(1);
        if (library == LibraryState.PLAIN) {
            return;
        }
        NativePatchable hook = NativeModule.find("libdowncall.so").patchable("hook");
        if (library == LibraryState.RETARGETED || library == LibraryState.RESET) {
            hook.set(NativeTarget.symbol("add_two"));
            check(2);
        }
        if (library == LibraryState.RESET) {
            hook.reset();
        }
        check(library.adds);
    }

    /// Proves that it still is.
    @TearDown
    public void check() throws Throwable {
        check(library.adds);
    }

    private static void check(int adds) throws Throwable {
        Patching.check("the call from Java", (int) Function.CALL.invokeExact(5), 5 + adds);
    }

    /// A thousand calls.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int call() throws Throwable {
        int x = start;
        for (int i = 0; i < CALLS; i++) {
            x = (int) Function.CALL.invokeExact(x ^ i);
        }
        return x;
    }
}
