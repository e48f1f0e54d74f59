package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.raw.Bytes;
import java.util.Arrays;

/// A section of debug information: its bytes as they are without compression, with relocations applied.
///
/// @param file     the name of the file, for messages
/// @param name     its name, for messages
/// @param bytes    its contents; none if the file has no such section
/// @param start    where it starts in the file
/// @param isCopy   whether offsets in it are not those in the file
/// @param places   in a relocatable file the offsets of its addresses, ascending
/// @param sections the section that each of those addresses counts from
record DebugSection(String file, String name, Bytes bytes, long start, boolean isCopy, long[] places, int[] sections) {

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    /// The index of the section that an address counts from; 0 in linked files.
    ///
    /// @param place its offset
    int sectionOf(long place) {
        int found = Arrays.binarySearch(places, place);
        return found < 0 ? 0 : sections[found];
    }

    ElfFormatException malformed(long place, String problem) {
        return new ElfFormatException(
                file,
                new FileOffset(isCopy ? start : start + place),
                problem + ", at 0x" + Long.toHexString(place) + " of " + name);
    }
}
