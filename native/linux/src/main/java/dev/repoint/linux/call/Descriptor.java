package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// An open file: reads, writes and locks that take memory of C, and so neither copy nor allocate. Reads and
/// writes are safe for use by several threads.
public final class Descriptor implements AutoCloseable {

    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int LOCK_EXCLUSIVE = 2;
    private static final int LOCK_NO_WAIT = 4;
    private static final int WOULD_BLOCK = 11;
    private static final MethodHandle OPEN =
            Libc.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle PREAD =
            Libc.function("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PWRITE =
            Libc.function("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FLOCK =
            Libc.function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL =
            Libc.variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle CLOSE = Libc.plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final String path;
    private final int file;

    private Descriptor(String path, int file) {
        this.path = path;
        this.file = file;
    }

    /// Opens a file.
    ///
    /// @param writable whether for writing too
    /// @throws CallFailedException if it is not there, or not allowed
    public static Descriptor open(String path, boolean writable) {
        MemorySegment state = Libc.state();
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_CLOEXEC | (writable ? O_RDWR : 0));
            return new Descriptor(path, (int) Libc.checked("open of " + path, file, state));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Reads as many bytes as the memory has.
    ///
    /// @throws CallFailedException if there are not so many
    public void read(MemorySegment memory, long offset) {
        transfer(PREAD, "read", memory, offset);
    }

    /// Writes all bytes of the memory.
    ///
    /// @throws CallFailedException if that is not possible; some of them may have been written
    public void write(MemorySegment memory, long offset) {
        transfer(PWRITE, "write", memory, offset);
    }

    private void transfer(MethodHandle call, String what, MemorySegment memory, long offset) {
        MemorySegment state = Libc.state();
        long size = memory.byteSize();
        for (long done = 0; done < size; ) {
            long now;
            try {
                now = (long) call.invokeExact(state, file, memory.asSlice(done), size - done, offset + done);
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
            if (now <= 0) {
                String text = "%s of %s at 0x%x".formatted(what, path, offset + done);
                Libc.checked(text, now, state);
                throw new CallFailedException(text, 0, done + " of " + size + " bytes");
            }
            done += now;
        }
    }

    /// Takes the lock that the file has for all that ask for it (`flock(2)`), until this is closed.
    ///
    /// @return false if another holds it
    public boolean lock() {
        MemorySegment state = Libc.state();
        try {
            int result = (int) FLOCK.invokeExact(state, file, LOCK_EXCLUSIVE | LOCK_NO_WAIT);
            if (result == -1 && Libc.errno(state) == WOULD_BLOCK) {
                return false;
            }
            Libc.checked("flock of " + path, result, state);
            return true;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Asks for something that only some files know (`ioctl(2)`).
    ///
    /// @param argument is read and written
    /// @return 0, or the number of the error
    public int control(long request, MemorySegment argument) {
        MemorySegment state = Libc.state();
        try {
            int result = (int) IOCTL.invokeExact(state, file, request, argument);
            return result == -1 ? Libc.errno(state) : 0;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    @Override
    public void close() {
        try {
            var _ = (int) CLOSE.invokeExact(file);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
