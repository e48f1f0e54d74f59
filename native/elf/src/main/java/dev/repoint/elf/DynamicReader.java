package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.DynamicEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the dynamic section.
final class DynamicReader {

    private final Source source;
    private final AddressMap addresses;

    DynamicReader(Source source, AddressMap addresses) {
        this.source = source;
        this.addresses = addresses;
    }

    /// The dynamic section that the loader would find; null if the file is not for a loader.
    @Nullable
    Dynamic read(Headers headers) throws ElfFormatException {
        for (Segment segment : headers.segments()) {
            if (segment.type() == Segment.PT_DYNAMIC && segment.fileSize() > 0) {
                return read(segment.offset().value(), segment.fileSize());
            }
        }
        return null;
    }

    private Dynamic read(long start, long size) throws ElfFormatException {
        Bytes bytes = source.bytes();
        List<Dynamic.Entry> entries = new ArrayList<>();
        long end = start + size - size % DynamicEntry.SIZE;
        for (long at = start; at < end; at += DynamicEntry.SIZE) {
            long tag = DynamicEntry.tag(bytes, at);
            if (tag == Dynamic.DT_NULL) {
                break;
            }
            entries.add(new Dynamic.Entry(tag, DynamicEntry.value(bytes, at), new FileOffset(at)));
        }
        StringTable strings = strings(entries);
        List<String> needed = new ArrayList<>();
        String soname = null;
        String runPath = null;
        String oldPath = null;
        for (Dynamic.Entry entry : entries) {
            if (entry.tag() == Dynamic.DT_NEEDED) {
                needed.add(text(strings, entry));
            } else if (entry.tag() == Dynamic.DT_SONAME) {
                soname = text(strings, entry);
            } else if (entry.tag() == Dynamic.DT_RUNPATH) {
                runPath = text(strings, entry);
            } else if (entry.tag() == Dynamic.DT_RPATH) {
                oldPath = text(strings, entry);
            }
        }
        return new Dynamic(
                Collections.unmodifiableList(entries),
                List.copyOf(needed),
                Optional.ofNullable(soname),
                Optional.ofNullable(runPath != null ? runPath : oldPath));
    }

    private String text(StringTable strings, Dynamic.Entry entry) throws ElfFormatException {
        return strings.checked(source, entry.value(), entry.offset().value() + Long.BYTES);
    }

    /// The strings that the entries refer to.
    StringTable strings(List<Dynamic.Entry> entries) throws ElfFormatException {
        Dynamic.Entry table = null;
        long size = 0;
        for (Dynamic.Entry entry : entries) {
            if (entry.tag() == Dynamic.DT_STRTAB) {
                table = entry;
            } else if (entry.tag() == Dynamic.DT_STRSZ) {
                size = entry.value();
            }
        }
        if (table == null || size == 0) {
            return StringTable.empty(source);
        }
        long offset = addresses.offsetOf(table.value(), size);
        if (offset < 0) {
            throw source.malformed(
                    table.offset().value() + Long.BYTES,
                    "the dynamic section has a string table of "
                            + Source.count(size) + " bytes at address " + Source.hex(table.value())
                            + ", which no segment loads from the file");
        }
        return StringTable.of(source, offset, size);
    }
}
