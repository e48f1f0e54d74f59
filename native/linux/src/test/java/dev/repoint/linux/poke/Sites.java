package dev.repoint.linux.poke;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.fixtures.Run;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The library of `sites.c`: 1,000 calls of 10 functions, which come in 64 versions.
final class Sites {

    static final int COUNT = 1000;
    static final int FUNCTIONS = 10;
    static final int VERSIONS = 64;

    private static final int STRIDE = 16;
    private static final int CALL = 4; // behind sub $8,%rsp

    private final long library;
    private final long callers;
    private final long targets;

    private Sites(long library) {
        this.library = library;
        this.callers = address("callers");
        this.targets = address("targets");
    }

    /// Compiles and loads it.
    static Sites load(Path folder) throws IOException {
        Path source = folder.resolve("sites.c");
        try (InputStream text = Sites.class.getResourceAsStream("sites.c")) {
            Files.copy(text, source);
        }
        Path library = folder.resolve("libsites.so");
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O2",
                        "-fPIC",
                        "-shared",
                        "-Wl,-Bsymbolic",
                        "-o",
                        library.toString(),
                        source.toString(),
                        "-pthread"));
        return new Sites(Loader.open(library.toString(), Loader.NOW));
    }

    long address(String symbol) {
        long address = Loader.symbol(library, symbol);
        if (address == 0) {
            throw new AssertionError("no " + symbol);
        }
        return address;
    }

    long site(int i) {
        return callers + (long) STRIDE * i + CALL;
    }

    long target(int version, int function) {
        return targets + (long) STRIDE * (version * FUNCTIONS + function);
    }

    /// The bytes of `call`, at a site, of its function in a version.
    long call(int site, int version) {
        long distance = target(version, site % FUNCTIONS) - (site(site) + 5);
        return 0xe8 | (distance & 0xffff_ffffL) << 8;
    }

    /// All sites from one version to another.
    Batch batch(int from, int to) {
        Batch.Builder batch = Batch.builder();
        for (int i = 0; i < COUNT; i++) {
            batch.code(site(i), 5, call(i, from), call(i, to));
        }
        return batch.build();
    }

    /// Calls a function of the library that takes nothing, and returns an `int`.
    int run(String function) {
        MethodHandle handle = Linker.nativeLinker()
                .downcallHandle(MemorySegment.ofAddress(address(function)), FunctionDescriptor.of(JAVA_INT));
        try {
            return (int) handle.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int callSite(int i) {
        MethodHandle handle = Linker.nativeLinker()
                .downcallHandle(
                        MemorySegment.ofAddress(address("call_site")), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            return (int) handle.invokeExact(i);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// The number in a variable of 8 bytes.
    long number(String variable) {
        return MemorySegment.ofAddress(address(variable))
                .reinterpret(Long.BYTES)
                .get(JAVA_LONG, 0);
    }

    /// All bytes that a patch may change.
    byte[] code() {
        return Memory.bytes(callers, STRIDE * COUNT);
    }

    /// Does something while the code of all sites may be written.
    void writable(Runnable change) {
        long start = callers & -Memory.PAGE;
        long length = callers + (long) STRIDE * COUNT - start;
        Memory.protect(start, length, Memory.READ | Memory.WRITE | Memory.EXECUTE);
        change.run();
        Memory.protect(start, length, Memory.READ | Memory.EXECUTE);
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
