package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// This process's memory as a file, `/proc/self/mem`: reads and writes what is mapped, whatever its protection
/// (`proc(5)`). An address that is not mapped is an error and not a crash. Not thread-safe.
public final class ProcessMemory {

    private final Descriptor file;
    private final MemorySegment word = Arena.ofAuto().allocate(JAVA_LONG);

    private ProcessMemory(Descriptor file) {
        this.file = file;
    }

    /// Opens it, for as long as the process lives.
    ///
    /// @throws CallFailedException if `/proc` is not there, or a sandbox forbids it
    public static ProcessMemory open() {
        return new ProcessMemory(Descriptor.open("/proc/self/mem", true));
    }

    /// Up to 8 bytes, the first one lowest.
    ///
    /// @throws CallFailedException if not all of them are mapped
    public long read(long address, int length) {
        word.set(JAVA_LONG, 0, 0);
        file.read(word.asSlice(0, length), address);
        return word.get(JAVA_LONG, 0);
    }

    /// Writes up to 8 bytes, the first one lowest. Other threads may see some of them before the others.
    ///
    /// @throws CallFailedException if not all of them are mapped, or the kernel forbids it
    public void write(long address, long bytes, int length) {
        word.set(JAVA_LONG, 0, bytes);
        file.write(word.asSlice(0, length), address);
    }
}
