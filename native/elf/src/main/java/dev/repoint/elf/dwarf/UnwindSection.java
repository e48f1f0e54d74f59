package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.raw.Bytes;

/// Bytes of a table for unwinding, and where they are loaded.
///
/// @param section the bytes
/// @param address of the first one
record UnwindSection(DebugSection section, long address) {

    static UnwindSection of(ElfFile file, long address, long offset, long size) {
        Bytes bytes = Bytes.of(file.bytes()).part(offset, size);
        return new UnwindSection(
                new DebugSection(file.name(), ".eh_frame", bytes, offset, false, new long[0], new int[0]), address);
    }

    long size() {
        return section.bytes().size();
    }

    Cursor cursor(long at) {
        return new Cursor(section, at);
    }
}
