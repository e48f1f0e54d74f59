package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// This process's memory as a file, `/proc/self/mem`: reads and writes what is mapped, whatever its protection (`proc(5)`).
/// An address that is not mapped is an error and not a crash. Not thread-safe.
public final class ProcessMemory {

    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final MethodHandle OPEN =
            Libc.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle PREAD =
            Libc.function("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PWRITE =
            Libc.function("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));

    private final int file;
    private final MemorySegment word = Arena.ofAuto().allocate(JAVA_LONG);

    private ProcessMemory(int file) {
        this.file = file;
    }

    /// Opens it, for as long as the process lives.
    ///
    /// @throws CallFailedException if `/proc` is not there, or a sandbox forbids it
    public static ProcessMemory open() {
        MemorySegment state = Libc.state();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/proc/self/mem");
            int file = (int) OPEN.invokeExact(state, path, O_RDWR | O_CLOEXEC);
            return new ProcessMemory((int) Libc.checked("open of /proc/self/mem", file, state));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Up to 8 bytes, the first one lowest.
    ///
    /// @throws CallFailedException if not all of them are mapped
    public long read(long address, int length) {
        MemorySegment state = Libc.state();
        word.set(JAVA_LONG, 0, 0);
        try {
            long done = (long) PREAD.invokeExact(state, file, word, (long) length, address);
            requireAll("read", address, length, done, state);
            return word.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Writes one byte.
    ///
    /// @throws CallFailedException if it is not mapped, or the kernel forbids it
    public void write(long address, int value) {
        word.set(JAVA_BYTE, 0, (byte) value);
        writeWord(address, 1);
    }

    /// Writes up to 8 bytes, the first one lowest. Other threads may see some of them before the others.
    ///
    /// @throws CallFailedException if not all of them are mapped, or the kernel forbids it
    public void write(long address, long bytes, int length) {
        word.set(JAVA_LONG_UNALIGNED, 0, bytes);
        writeWord(address, length);
    }

    private void writeWord(long address, int length) {
        MemorySegment state = Libc.state();
        try {
            long done = (long) PWRITE.invokeExact(state, file, word, (long) length, address);
            requireAll("write", address, length, done, state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private static void requireAll(String what, long address, int length, long done, MemorySegment state) {
        if (done != length) {
            String call = what + " of /proc/self/mem at 0x" + Long.toHexString(address);
            Libc.checked(call, done, state);
            throw new CallFailedException(call, 0, done + " of " + length + " bytes");
        }
    }
}
