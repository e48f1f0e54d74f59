package dev.repoint.linux.ptrace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The facts that the kernel gives a program at its start (`getauxval(3)`). Each program that a
/// process executes gets another one, because its addresses differ. Immutable.
///
/// @param words a kind and a value by turns
public record AuxiliaryVector(LongBuffer words) {

    /// `AT_PHDR`: the address of the program headers.
    public static final long PROGRAM_HEADERS = 3;
    /// `AT_PHNUM`: how many there are.
    public static final long PROGRAM_HEADER_COUNT = 5;
    /// `AT_BASE`: where the loader of the program is mapped.
    public static final long LOADER = 7;
    /// `AT_EXECFN`: the address of the path that was executed.
    public static final long EXECUTED = 31;

    /// That of a process; an empty one if it must not be read.
    public static AuxiliaryVector of(long pid) {
        byte[] bytes = {};
        try {
            bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "auxv"));
        } catch (IOException e) {
            // Nothing is known then.
        }
        return new AuxiliaryVector(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer());
    }

    /// A value.
    ///
    /// @return 0 if there is none of that kind
    public long value(long kind) {
        for (int i = 0; i + 1 < words.limit(); i += 2) {
            if (words.get(i) == kind) {
                return words.get(i + 1);
            }
        }
        return 0;
    }

    /// Whether nothing is known.
    public boolean isEmpty() {
        return words.limit() == 0;
    }
}
