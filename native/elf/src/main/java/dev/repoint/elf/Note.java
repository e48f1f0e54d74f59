package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import java.lang.foreign.MemorySegment;

/// A note (gABI chapter 5, "Note Section"). A view of the file's bytes; immutable and thread-safe.
public final class Note {

    /// With the owner `GNU`: the descriptor is the build id.
    public static final int NT_GNU_BUILD_ID = 3;

    private final Bytes bytes;
    private final SectionIndex section;
    private final String owner;
    private final int type;
    private final long offset;
    private final long size;

    Note(Bytes bytes, SectionIndex section, String owner, int type, long offset, long size) {
        this.bytes = bytes;
        this.section = section;
        this.owner = owner;
        this.type = type;
        this.offset = offset;
        this.size = size;
    }

    /// The section that holds it; index 0 if it was found through a segment.
    public SectionIndex section() {
        return section;
    }

    /// Who defines the type: `GNU`, `stapsdt`; without the zero byte at its end.
    public String owner() {
        return owner;
    }

    /// What it means, as the owner defines it.
    public int type() {
        return type;
    }

    /// Where the descriptor starts in the file.
    public FileOffset offset() {
        return new FileOffset(offset);
    }

    /// How many bytes the descriptor has.
    public long size() {
        return size;
    }

    /// What the note says, read-only: a part of the file's bytes.
    public MemorySegment descriptor() {
        return bytes.segment().asSlice(offset, size);
    }

    /// What the note says, as a copy.
    ///
    /// @throws OutOfMemoryError if it has 2 GiB or more
    public byte[] descriptorBytes() {
        if (size > Integer.MAX_VALUE - 16) {
            throw new OutOfMemoryError("a note of " + size + " bytes");
        }
        return bytes.array(offset, (int) size);
    }

    @Override
    public String toString() {
        return owner + " " + Integer.toUnsignedString(type) + ": " + size + " bytes at 0x" + Long.toHexString(offset);
    }
}
