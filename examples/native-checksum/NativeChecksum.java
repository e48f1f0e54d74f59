import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;

/// Redirects the checksum of zlib to the best function for this processor, and changes it while threads compute.
///
/// Java calls `crc32` of zlib, and this calls the hook `crc32_z`. The code of zlib that reads and writes gzip calls it,
/// too. Each result is compared with the result of the JDK.
public final class NativeChecksum {

    private static final int THREADS = 2;
    private static final int PIECES = 4096;
    private static final int LONGEST = 1 << 16;
    private static final int DATA = 1 << 22;

    /// The targets for `crc32_z`, the best one first, with the processor features that they need.
    private enum Implementation {
        AVX512("crc32_avx512", "avx512f", "vpclmulqdq", "pclmulqdq", "sse4_1"),
        PCLMUL("crc32_pclmul", "pclmulqdq", "sse4_1");

        private final String symbol;
        private final List<String> needed;

        Implementation(String symbol, String... needed) {
            this.symbol = symbol;
            this.needed = List.of(needed);
        }
    }

    /// Bytes and their checksum.
    private record Piece(MemorySegment bytes, long expected) {}

    private final NativePatchable checksum;
    private final MethodHandle crc32;
    private final List<Piece> pieces;
    private final LongAdder results = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private volatile boolean ended;

    private NativeChecksum(NativeModule zlib, List<Piece> pieces) {
        this.checksum = zlib.patchable("crc32_z");
        this.crc32 = Linker.nativeLinker()
                .downcallHandle(
                        zlib.symbol("crc32").orElseThrow(),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT));
        this.pieces = pieces;
    }

    /// @param args the library, and the seconds of each step
    public static void main(String[] args) throws IOException, InterruptedException {
        NativeModule zlib = NativeModule.load(Path.of(args[0]));
        List<Implementation> fit = fit(processor());
        NativeChecksum example = new NativeChecksum(zlib, pieces());
        // The policy: before the first call, choose the first target that fits.
        Optional<Implementation> chosen = fit.stream().findFirst();
        chosen.ifPresent(best -> example.checksum.set(NativeTarget.symbol(best.symbol)));
        System.out.println(zlib.name() + ": crc32_z, " + example.checksum.sites() + " call, redirected to "
                + example.checksum.target().text()
                + chosen.map(best -> ": this processor has " + String.join(" ", best.needed))
                        .orElse(""));
        if (!example.run(fit, Double.parseDouble(args[1]))) {
            System.exit(1);
        }
    }

    private boolean run(List<Implementation> fit, double seconds) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.add(Thread.ofPlatform().start(() -> compute(random)));
        }
        throughput(seconds); // until everything is compiled
        double before = throughput(seconds, "chosen at load");
        checksum.reset();
        double plain = throughput(seconds, "reset");
        for (Implementation each : fit) {
            checksum.set(NativeTarget.symbol(each.symbol));
            throughput(seconds, "set");
        }
        long changes = checksum.changes();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            fit.forEach(each -> checksum.set(NativeTarget.symbol(each.symbol)));
            checksum.reset();
        }
        System.out.printf("changed %,d times in %.1f s, without pause%n", checksum.changes() - changes, seconds);
        ended = true;
        for (Thread each : threads) {
            each.join();
        }
        System.out.printf(
                "%.1f times the throughput of the default; %,d results of %d threads, %,d wrong%n",
                before / plain, results.sum(), THREADS, wrong.sum());
        return results.sum() > 0 && wrong.sum() == 0;
    }

    /// One thread: computes the checksum of one piece after the other, and compares each.
    private void compute(SplittableRandom random) {
        try {
            while (!ended) {
                Piece piece = pieces.get(random.nextInt(PIECES));
                long found = (long) crc32.invokeExact(0L, piece.bytes, (int) piece.bytes.byteSize());
                if (found != piece.expected) {
                    wrong.increment();
                }
                results.increment();
                bytes.add(piece.bytes.byteSize());
            }
        } catch (Throwable e) {
            wrong.increment();
            throw new IllegalStateException(e);
        }
    }

    private double throughput(double seconds, String how) throws InterruptedException {
        double found = throughput(seconds);
        System.out.printf("%-14s  %-12s  %6.2f GB/s%n", how, checksum.target().text(), found);
        return found;
    }

    /// GB/s of all threads.
    private double throughput(double seconds) throws InterruptedException {
        long before = bytes.sum();
        long start = System.nanoTime();
        Thread.sleep((long) (seconds * 1000));
        return (bytes.sum() - before) / (double) (System.nanoTime() - start);
    }

    /// Pieces of all lengths and alignments.
    private static List<Piece> pieces() {
        byte[] random = new byte[DATA];
        new Random(1).nextBytes(random);
        MemorySegment data = Arena.global().allocate(DATA);
        MemorySegment.copy(random, 0, data, JAVA_BYTE, 0, DATA);
        SplittableRandom places = new SplittableRandom(2);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            int length = i < PIECES / 2 ? i / 2 : places.nextInt(LONGEST);
            int start = places.nextInt(DATA - LONGEST);
            CRC32 expected = new CRC32();
            expected.update(random, start, length);
            pieces.add(new Piece(data.asSlice(start, length), expected.getValue()));
        }
        return pieces;
    }

    /// The targets that this processor supports, the best one first.
    private static List<Implementation> fit(Set<String> features) {
        return Arrays.stream(Implementation.values())
                .filter(each -> features.containsAll(each.needed))
                .toList();
    }

    /// The features of the processor, with the names of Linux.
    private static Set<String> processor() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("flags")) {
                return new HashSet<>(
                        List.of(line.substring(line.indexOf(':') + 1).strip().split(" ")));
            }
        }
        return Set.of();
    }
}
