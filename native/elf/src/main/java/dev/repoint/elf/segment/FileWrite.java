package dev.repoint.elf.segment;

import dev.repoint.elf.FileOffset;

/// Bytes that are to stand in a file.
///
/// @param offset of the first one; the end of the file if the file grows
/// @param bytes  not copied
/// @param what   they are, for people: `program header`
public record FileWrite(FileOffset offset, byte[] bytes, String what) {

    /// The offset behind the last byte.
    public FileOffset end() {
        return offset.plus(bytes.length);
    }
}
