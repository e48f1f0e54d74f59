package dev.repoint.elf;

import java.lang.foreign.MemorySegment;

/// A note (gABI chapter 5, "Note Section").
///
/// @param section    the section that holds it; index 0 if it was found through a segment
/// @param owner      who defines the type: `GNU`, `stapsdt`, without the zero byte at its end
/// @param type       what it means, as the owner defines it
/// @param offset     where the descriptor starts in the file
/// @param descriptor its contents, read-only; a part of the file's bytes
public record Note(SectionIndex section, String owner, int type, FileOffset offset, MemorySegment descriptor) {

    /// With the owner `GNU`: the descriptor is the build id.
    public static final int NT_GNU_BUILD_ID = 3;
}
