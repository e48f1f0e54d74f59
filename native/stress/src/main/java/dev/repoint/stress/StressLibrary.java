package dev.repoint.stress;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.EntrySite;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The native side of the stress, compiled and loaded.
final class StressLibrary {

    private static final String COMPILER = System.getenv().getOrDefault("CC", "cc");
    /// From one site to the next in the table of sites.
    private static final long SITE_SIZE = 48;
    private static final long ENTRY_SIZE = (2 + 2 * EntryClass.MOST) * (long) Long.BYTES;

    private final long handle;
    private final MemorySegment sites;
    /// `void stress_check(int site, int64_t argument, struct counters *)`.
    final MethodHandle check;
    /// `void stress_burst(uint64_t *seed, int64_t calls, struct counters *)`.
    final MethodHandle burst;
    /// `int stress_start(int threads, int64_t timerNanos)`.
    final MethodHandle start;
    /// `void stress_finish(int64_t counts[5])`.
    final MethodHandle finish;

    private StressLibrary(long handle, int count) {
        this.handle = handle;
        this.sites = symbol("stress_sites").reinterpret(SITE_SIZE * count);
        this.check = function("stress_check", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_LONG, ADDRESS));
        this.burst = function("stress_burst", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, ADDRESS));
        this.start = function("stress_start", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        this.finish = function("stress_finish", FunctionDescriptor.ofVoid(ADDRESS));
    }

    /// Compiles and loads it.
    ///
    /// @param count of sites
    /// @throws IOException if there is no C compiler, or it fails
    static StressLibrary load(int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("repoint-stress");
        try {
            Path c = folder.resolve("stress.c");
            Path assembly = folder.resolve("sites.s");
            Path library = folder.resolve("libstress.so");
            try (InputStream source = StressLibrary.class.getResourceAsStream("stress.c")) {
                Files.copy(Objects.requireNonNull(source, "stress.c"), c);
            }
            Files.writeString(assembly, SiteSource.of(count));
            compile(
                    List.of(
                            COMPILER,
                            "-O2",
                            "-fPIC",
                            "-shared",
                            "-Wall",
                            "-o",
                            library.toString(),
                            c.toString(),
                            assembly.toString(),
                            "-pthread",
                            "-lrt"),
                    folder.resolve("log"));
            return new StressLibrary(Loader.open(library.toString(), Loader.NOW | Loader.NODELETE), count);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    private static void compile(List<String> command, Path log) throws IOException, InterruptedException {
        Process compiler;
        try {
            compiler = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "the stress needs a C compiler and found no " + COMPILER + "; install gcc or clang", e);
        }
        if (compiler.waitFor() != 0) {
            throw new IOException(COMPILER + " failed:\n" + Files.readString(log));
        }
    }

    /// The address of what is patched at a site.
    long address(int site) {
        return sites.get(JAVA_LONG, SITE_SIZE * site);
    }

    /// The first instructions of all functions that are patched at their entry, by site.
    Map<Integer, EntrySite> entries() {
        Map<Integer, EntrySite> entries = new HashMap<>();
        MemorySegment table = symbol("stress_functions").reinterpret(Long.MAX_VALUE >>> 16);
        long count = table.get(JAVA_LONG, 0);
        for (long at = Long.BYTES; entries.size() < count; at += ENTRY_SIZE) {
            int instructions = (int) table.get(JAVA_LONG, at + Long.BYTES);
            int[] starts = new int[instructions - 1];
            long[] copies = new long[instructions];
            long first = table.get(JAVA_LONG, at + 2 * Long.BYTES);
            for (int i = 0; i < instructions; i++) {
                long place = at + 2 * Long.BYTES + 2L * Long.BYTES * i;
                copies[i] = table.get(JAVA_LONG, place + Long.BYTES);
                if (i > 0) {
                    starts[i - 1] = (int) (table.get(JAVA_LONG, place) - first);
                }
            }
            int length = Processors.own().entries().length();
            long original = Memory.bytesAsWord(first, length);
            entries.put((int) table.get(JAVA_LONG, at), new EntrySite(first, length, original, starts, copies));
        }
        return entries;
    }

    /// The address of a symbol.
    MemorySegment symbol(String name) {
        long address = Loader.symbol(handle, name);
        if (address == 0) {
            throw new IllegalStateException("no symbol " + name);
        }
        return MemorySegment.ofAddress(address);
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbol(name), type);
    }
}
