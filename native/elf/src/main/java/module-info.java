/// ELF files: raw layouts, readers that check, and one view over both.
module dev.repoint.elf {
    requires static org.jspecify;

    exports dev.repoint.elf;
    exports dev.repoint.elf.dwarf;
    exports dev.repoint.elf.file;
}
