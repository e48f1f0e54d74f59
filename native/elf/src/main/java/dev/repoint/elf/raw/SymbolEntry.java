package dev.repoint.elf.raw;

/// The fields of an entry of a symbol table: `Elf64_Sym`, gABI chapter 4, "Symbol Table".
///
/// Tables are large, so there is no object for an entry: each field is read by itself.
public final class SymbolEntry {

    /// The size of an entry, in bytes.
    public static final int SIZE = 24;

    public static final int ST_SHNDX = 6;

    /// The lowest of the reserved section indexes, gABI chapter 4, "Special Section Indexes".
    public static final int SHN_LORESERVE = 0xff00;
    public static final int SHN_XINDEX = 0xffff;

    private SymbolEntry() {}

    /// `st_name`, unsigned.
    public static long name(Bytes bytes, long at) {
        return bytes.u32(at);
    }

    /// `ELF64_ST_TYPE(st_info)`.
    public static int type(Bytes bytes, long at) {
        return bytes.u8(at + 4) & 0xf;
    }

    /// `ELF64_ST_BIND(st_info)`.
    public static int binding(Bytes bytes, long at) {
        return bytes.u8(at + 4) >> 4;
    }

    /// `ELF64_ST_VISIBILITY(st_other)`.
    public static int visibility(Bytes bytes, long at) {
        return bytes.u8(at + 5) & 3;
    }

    /// `st_shndx`.
    public static int shndx(Bytes bytes, long at) {
        return bytes.u16(at + ST_SHNDX);
    }

    /// `st_value`.
    public static long value(Bytes bytes, long at) {
        return bytes.s64(at + 8);
    }

    /// `st_size`.
    public static long size(Bytes bytes, long at) {
        return bytes.s64(at + 16);
    }
}
