package dev.repoint.machine.diversion;

import dev.repoint.elf.FileOffset;
import java.util.Arrays;

/// Bytes of a file that a diversion changed. The arrays are not copied.
///
/// @param address where they are loaded; 0 for headers
/// @param offset  where they stand in the file
/// @param old     as the linker made them
/// @param now     as the diversion made them, as many
/// @param what    they are, for people
public record ChangedBytes(long address, FileOffset offset, byte[] old, byte[] now, String what) {

    /// Whether they are code.
    public boolean isCode() {
        return address != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangedBytes bytes
                && address == bytes.address
                && offset.equals(bytes.offset)
                && Arrays.equals(old, bytes.old)
                && Arrays.equals(now, bytes.now)
                && what.equals(bytes.what);
    }

    @Override
    public int hashCode() {
        return 31 * offset.hashCode() + Arrays.hashCode(now);
    }

    @Override
    public String toString() {
        return what + " at " + offset + ", " + old.length + " bytes";
    }
}
