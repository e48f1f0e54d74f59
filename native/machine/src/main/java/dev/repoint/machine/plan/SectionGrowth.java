package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sections of an object file that become longer. Each is copied to the end of the file with what is added to
/// it, and its header refers to it; the old bytes are not used any more (gABI chapter 4, "Section Header").
final class SectionGrowth {

    private static final int E_SHOFF = 40;
    private static final int E_SHENTSIZE = 58;
    private static final int SH_OFFSET = 24;
    private static final int OFFSET_AND_SIZE = 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ElfFile file;
    private final ErrorContext context;
    private final Map<Section, Long> moved = new LinkedHashMap<>();
    private final List<Edit> growths = new ArrayList<>();
    private final List<Edit> headers = new ArrayList<>();
    private long end;

    /// @param context whose change makes the file grow
    SectionGrowth(ElfFile file, ErrorContext context) {
        this.file = file;
        this.context = context;
        this.end = file.bytes().byteSize();
    }

    /// Adds bytes to the end of a section.
    void grow(Section section, byte[] more) {
        long alignment = Math.max(1, section.alignment());
        long start = (end + alignment - 1) / alignment * alignment;
        byte[] old =
                file.bytes().asSlice(section.offset().value(), section.size()).toArray(ValueLayout.JAVA_BYTE);
        byte[] bytes = new byte[Math.toIntExact(start - end + old.length + more.length)];
        int at = Math.toIntExact(start - end);
        System.arraycopy(old, 0, bytes, at, old.length);
        System.arraycopy(more, 0, bytes, at + old.length, more.length);
        ErrorContext here = context.at("section " + section.name() + " with " + more.length + " bytes more");
        growths.add(new Edit(
                "",
                new FileOffset(end),
                new Address(0),
                new byte[0],
                bytes,
                here.key(),
                here.site(),
                "end of the file",
                bytes.length + " bytes more"));
        end += bytes.length;
        moved.put(section, start);
        headers.add(header(section, start, old.length + (long) more.length));
    }

    private Edit header(Section section, long start, long size) {
        FileOffset offset = new FileOffset(file.bytes().get(LONG, E_SHOFF)
                + (long) (file.bytes().get(SHORT, E_SHENTSIZE) & 0xffff)
                        * section.index().value()
                + SH_OFFSET);
        byte[] now = file.bytes().asSlice(offset.value(), OFFSET_AND_SIZE).toArray(ValueLayout.JAVA_BYTE);
        byte[] next = ByteBuffer.allocate(OFFSET_AND_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(start)
                .putLong(size)
                .array();
        return new Edit(
                "",
                offset,
                new Address(0),
                now,
                next,
                context.key(),
                "header of section " + section.name(),
                where(section.offset().value(), section.size()),
                where(start, size));
    }

    private static String where(long start, long size) {
        return "0x" + Long.toHexString(size) + " bytes at offset 0x" + Long.toHexString(start);
    }

    /// Where a byte of the file lies in the new file.
    FileOffset offset(FileOffset old) {
        for (Map.Entry<Section, Long> each : moved.entrySet()) {
            long distance = old.value() - each.getKey().offset().value();
            if (distance >= 0 && distance < each.getKey().size()) {
                return new FileOffset(each.getValue() + distance);
            }
        }
        return old;
    }

    /// What the file grows by, in order.
    List<Edit> growths() {
        return List.copyOf(growths);
    }

    /// The headers of the sections that grew.
    List<Edit> headers() {
        return List.copyOf(headers);
    }
}
