package dev.repoint.it.processes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Calls functions of the libraries of its JVM in four threads, and checks all answers; and says so on a socket, as
/// `entries/witness.h` does. Arguments: the library that counts; how many of [#KEYS] the JVM has names for; the socket.
///
/// None of them is one that the JVM's compilers have an intrinsic for, because compiled code does not call those.
final class NativesProgram {

    private static final List<String> KEYS = List.of(
            "libzip.so:Java_java_util_zip_Deflater_deflateBytesBytes",
            "libzip.so:Java_java_util_zip_Inflater_inflateBytesBytes",
            "libzip.so:Java_java_util_zip_Deflater_getAdler",
            "libjava.so:Java_java_lang_System_mapLibraryName",
            "libjava.so:Java_java_io_UnixFileSystem_getBooleanAttributes0",
            "libnio.so:Java_sun_nio_ch_UnixFileDispatcherImpl_pread0",
            "libjvm.so:JVM_InternString",
            "libjvm.so:JVM_HoldsLock",
            "libjvm.so:JVM_ActiveProcessorCount",
            "libjvm.so:JVM_MaxMemory",
            "libjvm.so:Unsafe_AllocateMemory0",
            "libjvm.so:Unsafe_FreeMemory0",
            "libjvm.so:Unsafe_Park");
    private static final int THREADS = 4;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long MOST_MEMORY = Runtime.getRuntime().maxMemory();

    private final Path library;
    private final MethodHandle calls;
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    @SuppressWarnings("restricted")
    private NativesProgram(Path library) {
        this.library = library;
        System.load(library.toString());
        MemorySegment function = SymbolLookup.loaderLookup().findOrThrow("counted_calls");
        calls = Linker.nativeLinker()
                .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    static void main(String[] arguments) throws Exception {
        new NativesProgram(Path.of(arguments[0])).serve(Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    }

    private void serve(int keys, Path socket) throws Exception {
        try (FileChannel file = FileChannel.open(library);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                Thread.ofPlatform().daemon().start(() -> work(file, seed));
            }
            server.bind(UnixDomainSocketAddress.of(socket));
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap(answer(keys, file).getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
    }

    private void work(FileChannel file, int seed) {
        for (int i = seed; ; i++) {
            wrong.addAndGet(once(file, i));
            rounds.incrementAndGet();
        }
    }

    /// What is counted of one round of this thread, and what all have seen.
    private String answer(int keys, FileChannel file) throws Exception {
        long[] before = counts(keys);
        wrong.addAndGet(once(file, 1));
        long[] after = counts(keys);
        StringBuilder answer = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            answer.append(KEYS.get(i)).append(after[i] == before[i] ? "=0 " : "=1 ");
        }
        return answer + "rounds=" + rounds + " wrong=" + wrong + " inside=0 cut=0\n";
    }

    private long[] counts(int keys) throws Exception {
        long[] counts = new long[keys];
        for (int i = 0; i < keys; i++) {
            try {
                counts[i] = (long) calls.invokeExact(i);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return counts;
    }

    /// Calls each of them.
    ///
    /// @return how many answers were wrong
    private int once(FileChannel file, int seed) {
        try {
            boolean[] right = {
                isPacked(seed),
                System.mapLibraryName("name" + seed).equals("libname" + seed + ".so"),
                library.toFile().isFile(),
                isElf(file),
                isOne("name" + seed % 100),
                !Thread.holdsLock(rounds) && holdsLock(),
                Runtime.getRuntime().availableProcessors() == PROCESSORS,
                Runtime.getRuntime().maxMemory() == MOST_MEMORY,
                isKept(seed)
            };
            LockSupport.parkNanos(1000);
            int errors = 0;
            for (int i = 0; i < right.length; i++) {
                if (!right[i]) {
                    System.err.println("question " + i + " of round " + seed + " was answered wrongly");
                    errors++;
                }
            }
            return errors;
        } catch (IOException | DataFormatException e) {
            e.printStackTrace();
            return 1;
        }
    }

    private static boolean isPacked(int seed) throws DataFormatException {
        byte[] bytes = new byte[200];
        Arrays.fill(bytes, (byte) seed);
        Adler32 sum = new Adler32();
        sum.update(bytes);
        byte[] packed = new byte[400];
        byte[] unpacked = new byte[200];
        try (Deflater deflater = new Deflater();
                Inflater inflater = new Inflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            int length = deflater.deflate(packed);
            inflater.setInput(packed, 0, length);
            return inflater.inflate(unpacked) == bytes.length
                    && Arrays.equals(bytes, unpacked)
                    && deflater.getAdler() == (int) sum.getValue();
        }
    }

    private static boolean isElf(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4);
        return file.read(head, 0) == 4 && head.getInt(0) == 0x7f454c46;
    }

    private static boolean isOne(String text) {
        String copy = new String(text.toCharArray());
        return copy.intern() == text.intern();
    }

    private static boolean holdsLock() {
        Object lock = new Object();
        synchronized (lock) {
            return Thread.holdsLock(lock);
        }
    }

    private static boolean isKept(int seed) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(100 + seed % 100);
            memory.fill((byte) seed);
            return memory.get(ValueLayout.JAVA_BYTE, seed % 100) == (byte) seed;
        }
    }
}
