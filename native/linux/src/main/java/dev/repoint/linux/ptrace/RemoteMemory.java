package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Descriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The memory of another process: `/proc/PID/mem`, which reads and writes whatever the protection is
/// (`proc(5)`), and needs no stop. It is that of one process for ever, even if its number is given to another:
/// then nothing is mapped in it.
///
/// The kernel copies page by page: bytes within one page are written as a whole or not at all, whatever happens
/// to this process meanwhile; bytes of several pages are not. Safe for use by several threads.
public final class RemoteMemory implements AutoCloseable {

    private final Descriptor file;

    private RemoteMemory(Descriptor file) {
        this.file = file;
    }

    /// Opens it for reading.
    ///
    /// @throws CallFailedException if there is no such process, or it may not be read
    public static RemoteMemory open(long pid) {
        return new RemoteMemory(Descriptor.open(path(pid), false));
    }

    /// Opens it for writing too.
    ///
    /// @throws CallFailedException if there is no such process, or it may not be written
    public static RemoteMemory openForWriting(long pid) {
        return new RemoteMemory(Descriptor.open(path(pid), true));
    }

    private static String path(long pid) {
        return "/proc/" + pid + "/mem";
    }

    /// A copy of some bytes.
    ///
    /// @throws CallFailedException if not all of them are mapped
    public byte[] read(long address, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, length)).asSlice(0, length);
            file.read(bytes, address);
            return bytes.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /// Copies some bytes, as many as there is room.
    ///
    /// @param into memory of C
    /// @throws CallFailedException if not all of them are mapped
    public void read(long address, MemorySegment into) {
        file.read(into, address);
    }

    /// A word of 8 bytes.
    ///
    /// @throws CallFailedException if it is not mapped
    public long word(long address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG);
            file.read(word, address);
            return word.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /// Writes bytes.
    ///
    /// @throws CallFailedException if not all of them are mapped, or the kernel forbids it; some may have been
    ///     written
    public void write(long address, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            file.write(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), address);
        }
    }

    /// Writes bytes.
    ///
    /// @param bytes memory of C
    /// @throws CallFailedException if not all of them are mapped, or the kernel forbids it; some may have been
    ///     written
    public void write(long address, MemorySegment bytes) {
        file.write(bytes, address);
    }

    /// Writes a word of 8 bytes. A thread that runs may see it in parts.
    ///
    /// @throws CallFailedException if it is not mapped, or the kernel forbids it
    public void write(long address, long word) {
        try (Arena arena = Arena.ofConfined()) {
            file.write(arena.allocateFrom(ValueLayout.JAVA_LONG, word), address);
        }
    }

    /// Sees to it that no other that asks for the same changes the process, until this is closed.
    ///
    /// @return false if another does
    public boolean lock() {
        return file.lock();
    }

    @Override
    public void close() {
        file.close();
    }
}
