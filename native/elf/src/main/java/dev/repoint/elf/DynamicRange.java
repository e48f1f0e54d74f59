package dev.repoint.elf;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A range of the file that the dynamic section gives by address and size.
///
/// @param address where it is loaded
/// @param offset  where it starts in the file
/// @param size    in bytes; 0 if there is none
/// @param field   where the dynamic section gives it
record DynamicRange(long address, long offset, long size, long field) {

    private static final DynamicRange NONE = new DynamicRange(0, 0, 0, 0);

    /// @param address the tag whose value is the address
    /// @param size    the tag whose value is the size
    /// @param entry   the size that is to divide it
    static DynamicRange of(Source source, AddressMap addresses, Dynamic dynamic, long address, long size, int entry)
            throws ElfFormatException {
        Dynamic.Entry start = entry(dynamic, address);
        OptionalLong length = dynamic.value(size);
        if (start == null || length.orElse(0) == 0) {
            return NONE;
        }
        long field = start.offset().value() + Long.BYTES;
        long bytes = length.getAsLong();
        long offset = addresses.offsetOf(start.value(), bytes);
        if (offset < 0) {
            throw source.malformed(
                    field,
                    "the dynamic section has a table of " + Source.count(bytes) + " bytes at address "
                            + Source.hex(start.value()) + ", which no segment loads from the file");
        }
        if (bytes % entry != 0) {
            throw source.malformed(
                    field, "the dynamic section has a table of " + bytes + " bytes in entries of " + entry);
        }
        return new DynamicRange(start.value(), offset, bytes, field);
    }

    /// The first entry with a tag; null if there is none.
    static Dynamic.@Nullable Entry entry(Dynamic dynamic, long tag) {
        for (Dynamic.Entry entry : dynamic.entries()) {
            if (entry.tag() == tag) {
                return entry;
            }
        }
        return null;
    }
}
