package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.SectionHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads packed relative relocations (gABI chapter 4, "Relative Relocation Table").
final class PackedReader {

    /// A bitmap stands for so many words: all bits but the lowest, which distinguishes it from an address.
    private static final int BITMAP_WORDS = 63;

    private final Source source;
    private final AddressMap addresses;
    private long[] words = new long[0];
    private int count;

    PackedReader(Source source, AddressMap addresses) {
        this.source = source;
        this.addresses = addresses;
    }

    /// Those of all sections, or those that the dynamic section names if there are no section headers.
    PackedRelocations read(Headers headers, @Nullable Dynamic dynamic) throws ElfFormatException {
        for (Section section : headers.sections()) {
            if (section.type() == Section.SHT_RELR && headers.type().isLinked()) {
                if (section.size() % Long.BYTES != 0) {
                    throw source.malformed(
                            headers.field(section, SectionHeader.SH_SIZE),
                            "section " + section.index() + " has " + section.size()
                                    + " bytes of packed relocations of 8 each");
                }
                read(section.offset().value(), section.size());
            }
        }
        if (headers.sections().isEmpty() && dynamic != null) {
            DynamicRange range =
                    DynamicRange.of(source, addresses, dynamic, Dynamic.DT_RELR, Dynamic.DT_RELRSZ, Long.BYTES);
            read(range.offset(), range.size());
        }
        return new PackedRelocations(source.bytes(), addresses, Arrays.copyOf(words, count));
    }

    /// An even entry is the address of a word; an odd one is a bitmap of the 63 words that follow.
    private void read(long start, long size) throws ElfFormatException {
        Bytes bytes = source.bytes();
        long next = 0;
        boolean first = true;
        for (long at = start; at < start + size; at += Long.BYTES) {
            long entry = bytes.s64(at);
            if ((entry & 1) == 0) {
                add(at, entry);
                next = entry + Long.BYTES;
            } else {
                if (first) {
                    throw source.malformed(at, "packed relocations begin with a bitmap");
                }
                for (int bit = 0; bit < BITMAP_WORDS; bit++) {
                    if ((entry >>> bit + 1 & 1) != 0) {
                        add(at, next + (long) bit * Long.BYTES);
                    }
                }
                next += (long) BITMAP_WORDS * Long.BYTES;
            }
            first = false;
        }
    }

    private void add(long at, long word) throws ElfFormatException {
        if (addresses.offsetOf(word, Long.BYTES) < 0) {
            throw source.malformed(
                    at,
                    "a packed relocation is about address " + Source.hex(word)
                            + ", which no segment loads from the file");
        }
        // Ascending, so there are not more of them than words of the file.
        if (count > 0 && Long.compareUnsigned(word, words[count - 1] + Long.BYTES) < 0) {
            throw source.malformed(
                    at, "packed relocations go back from " + Source.hex(words[count - 1]) + " to " + Source.hex(word));
        }
        if (count == words.length) {
            words = Arrays.copyOf(words, Math.max(64, count + (count >> 1)));
        }
        words[count++] = word;
    }
}
