package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Room for veneers behind an executable segment: the rest of its last page, which is loaded with it anyway.
/// The segment is made longer (`p_filesz`, `p_memsz`; gABI chapter 5, "Program Header"), and shorter again when
/// nothing of ours is left there.
///
/// There is room only where the file has zeros that belong to nothing, or the traps that lld puts there for
/// x86-64, and no other segment begins in that page. In front of every veneer stays a unit of them, as
/// [Padding] leaves one.
final class SegmentTail {

    /// The smallest page there is on both machines. Where pages are larger there is more room than is used.
    private static final int PAGE = 4096;
    private static final byte TRAP = (byte) 0xcc; // int3
    private static final int P_FILESZ = 32;
    private static final int SIZES = 16;
    private static final int E_PHOFF = 32;
    private static final int E_PHENTSIZE = 54;
    private static final int E_SHOFF = 40;
    private static final int E_SHENTSIZE = 58;
    private static final int E_SHNUM = 60;

    private final ElfFile file;
    private final Segment segment;
    private final int index;
    /// The address after the last section of the segment.
    private final long built;
    private final long limit;
    private long end;

    private SegmentTail(ElfFile file, Segment segment, int index, long built, long limit) {
        this.file = file;
        this.segment = segment;
        this.index = index;
        this.built = built;
        this.limit = limit;
        this.end = segment.address().value() + segment.fileSize();
    }

    /// The tail of a segment.
    ///
    /// @param index of the segment in the program header table
    /// @return null if the file does not show where the segment ended when it was built, or it has zeros at its
    ///     end anyway
    static @Nullable SegmentTail of(ElfFile file, int index) {
        Segment segment = file.segments().get(index);
        long start = segment.address().value();
        long end = start + segment.fileSize();
        long built = 0;
        for (Section section : file.sections()) {
            if (section.isAllocated() && section.hasBytes() && segment.contains(section.address())) {
                built = Math.max(built, section.address().value() + section.size());
            }
        }
        boolean isUsable = segment.isLoaded()
                && segment.isExecutable()
                && segment.fileSize() == segment.memorySize()
                && built != 0
                && end >= built
                && end - built < PAGE;
        return isUsable ? new SegmentTail(file, segment, index, built, limit(file, segment, end)) : null;
    }

    /// How far the segment can reach: to the end of its page, the next segment, the next bytes that belong to
    /// something, or the first byte that is no filling.
    private static long limit(ElfFile file, Segment segment, long end) {
        long page = (end + PAGE - 1) / PAGE * PAGE;
        long limit = page;
        for (Segment other : file.segments()) {
            if (other.isLoaded() && other.address().value() >= end) {
                limit = Math.min(limit, other.address().value());
            }
        }
        long from = segment.offset().value() + segment.fileSize();
        long to = Math.min(from + (limit - end), file.bytes().byteSize());
        for (Segment other : file.segments()) {
            to = before(from, to, other.offset().value(), other.fileSize());
        }
        for (Section section : file.sections()) {
            to = section.hasBytes() ? before(from, to, section.offset().value(), section.size()) : to;
        }
        MemorySegment bytes = file.bytes();
        to = before(
                from,
                to,
                number(bytes, E_PHOFF),
                (long) bytes.get(SHORT, E_PHENTSIZE) * file.segments().size());
        to = before(
                from,
                to,
                number(bytes, E_SHOFF),
                (long) bytes.get(SHORT, E_SHENTSIZE) * Math.max(file.sections().size(), bytes.get(SHORT, E_SHNUM)));
        byte fill = from < to && file.machine() == ElfMachine.X86_64 && bytes.get(ValueLayout.JAVA_BYTE, from) == TRAP
                ? TRAP
                : 0;
        for (long at = from; at < to; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) != fill) {
                to = at;
            }
        }
        return end + Math.max(0, to - from);
    }

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static long number(MemorySegment bytes, int offset) {
        return bytes.get(LONG, offset);
    }

    /// Cuts a range of the file off where another one begins that lies behind its start, or has it inside.
    private static long before(long from, long to, long offset, long size) {
        return size > 0 && offset < to && offset + size > from ? Math.max(from, offset) : to;
    }

    /// Takes room for a veneer.
    ///
    /// @param ours whether what stands between the sections and the end of the segment are veneers of ours
    /// @return its address; null if there is no room within reach
    @Nullable
    Long take(int length, int unit, long lowest, long highest, boolean ours) {
        if (end != built && !ours) {
            return null;
        }
        long address = (end + unit - 1) / unit * unit + unit;
        if (address + length > limit || address < lowest || address > highest) {
            return null;
        }
        end = address + length;
        return address;
    }

    /// Whether an address lies behind what the linker put into the segment.
    boolean contains(long address) {
        return address >= built && address < end;
    }

    /// Where the segment ends.
    long end() {
        return end;
    }

    /// Ends the segment behind the last veneer that stays.
    ///
    /// @param last the end of that veneer; 0 if none stays
    void endAt(long last) {
        end = Math.max(built, last);
    }

    /// The offset in the file of an address in the tail.
    FileOffset offset(long address) {
        return segment.offset().plus(address - segment.address().value());
    }

    /// The edit of the segment's sizes. It changes nothing if the segment is as long as it was.
    Edit sizes(ErrorContext context) {
        FileOffset offset = new FileOffset(
                number(file.bytes(), E_PHOFF) + (long) file.bytes().get(SHORT, E_PHENTSIZE) * index + P_FILESZ);
        long size = end - segment.address().value();
        byte[] replacement = ByteBuffer.allocate(SIZES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(size)
                .putLong(size)
                .array();
        return new Edit(
                "",
                offset,
                file.addressOf(offset).orElse(new Address(0)),
                file.bytes().asSlice(offset.value(), SIZES).toArray(ValueLayout.JAVA_BYTE),
                replacement,
                context.key(),
                "size of the executable segment",
                "0x" + Long.toHexString(segment.fileSize()) + " bytes",
                "0x" + Long.toHexString(size) + " bytes");
    }
}
