package dev.repoint.elf.raw;

/// The fields of a relocation entry with an addend: `Elf64_Rela`, gABI chapter 4, "Relocation".
///
/// Tables are large, so there is no object for an entry: each field is read by itself.
public final class RelaEntry {

    /// The size of an entry, in bytes.
    public static final int SIZE = 24;

    public static final int R_INFO = 8;

    private RelaEntry() {}

    /// `r_offset`.
    public static long offset(Bytes bytes, long at) {
        return bytes.s64(at);
    }

    /// `ELF64_R_TYPE(r_info)`.
    public static int type(Bytes bytes, long at) {
        return bytes.s32(at + R_INFO);
    }

    /// `ELF64_R_SYM(r_info)`; unsigned ones from 2³¹ on are negative.
    public static int symbol(Bytes bytes, long at) {
        return bytes.s32(at + R_INFO + 4);
    }

    /// `r_addend`.
    public static long addend(Bytes bytes, long at) {
        return bytes.s64(at + 16);
    }
}
