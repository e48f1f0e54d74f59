/// ELF files: raw layouts, readers that check, and one view over both.
module dev.repoint.elf {
    requires static org.jspecify;
    // Optional: unpacks the symbols of .gnu_debugdata.
    requires static org.tukaani.xz;

    exports dev.repoint.elf;
    exports dev.repoint.elf.dwarf;
    exports dev.repoint.elf.file;
    exports dev.repoint.elf.function;
    exports dev.repoint.elf.segment;
}
