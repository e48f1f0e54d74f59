package dev.repoint.elf.function;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.file.SafeText;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/// What `.gnu_debuglink` says: the name of the debug file, and the checksum of all its bytes.
///
/// @param name without folders
record DebugLink(String name, int checksum) {

    private static final String SECTION = ".gnu_debuglink";
    private static final int LONGEST = 4096;

    /// The name ends with a zero byte; the checksum follows, aligned to 4 bytes.
    static Optional<DebugLink> of(ElfFile file) {
        Section section = file.section(SECTION).filter(Section::hasBytes).orElse(null);
        if (section == null || section.size() > LONGEST) {
            return Optional.empty();
        }
        byte[] bytes =
                file.bytes().asSlice(section.offset().value(), section.size()).toArray(ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        int checksum = (length + Integer.BYTES) / Integer.BYTES * Integer.BYTES;
        String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
        boolean isName = length > 0 && name.indexOf('/') < 0 && name.equals(SafeText.of(name));
        if (!isName || name.equals("..") || name.equals(".") || checksum + Integer.BYTES > bytes.length) {
            return Optional.empty();
        }
        return Optional.of(new DebugLink(
                name, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(checksum)));
    }

    /// Whether a file has the checksum.
    boolean fits(ElfFile debug) {
        CRC32 crc = new CRC32();
        long size = debug.bytes().byteSize();
        for (long at = 0; at < size; at += 1 << 30) {
            crc.update(debug.bytes().asSlice(at, Math.min(1 << 30, size - at)).asByteBuffer());
        }
        return (int) crc.getValue() == checksum;
    }
}
