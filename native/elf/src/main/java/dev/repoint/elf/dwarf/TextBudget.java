package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;

/// How many bytes of names, and of entries that several others refer to, may still be read. They share bytes, so
/// a small file could otherwise hold more than memory can, or keep a reader busy for days.
final class TextBudget {

    private static final long PER_BYTE = 64;

    private final long whole;
    private long left;

    TextBudget(ElfFile file) {
        this.whole = PER_BYTE * file.bytes().byteSize();
        this.left = whole;
    }

    /// Begins anew, for what does not add to what was read before.
    void renew() {
        left = whole;
    }

    /// Takes away what is about to be read.
    ///
    /// @return whether as much was left
    boolean take(long length) {
        left -= length;
        return left >= 0;
    }
}
