package dev.repoint.elf.raw;

/// One entry of the section header table: `Elf64_Shdr`, gABI chapter 4, "Sections".
///
/// @param name      `sh_name`
/// @param type      `sh_type`
/// @param flags     `sh_flags`
/// @param addr      `sh_addr`
/// @param offset    `sh_offset`
/// @param size      `sh_size`
/// @param link      `sh_link`
/// @param info      `sh_info`
/// @param addralign `sh_addralign`
/// @param entsize   `sh_entsize`
public record SectionHeader(
        int name,
        int type,
        long flags,
        long addr,
        long offset,
        long size,
        int link,
        int info,
        long addralign,
        long entsize) {

    /// The size of an entry, in bytes.
    public static final int SIZE = 64;

    public static final int SH_NAME = 0;
    public static final int SH_TYPE = 4;
    public static final int SH_FLAGS = 8;
    public static final int SH_ADDR = 16;
    public static final int SH_OFFSET = 24;
    public static final int SH_SIZE = 32;
    public static final int SH_LINK = 40;
    public static final int SH_INFO = 44;
    public static final int SH_ADDRALIGN = 48;
    public static final int SH_ENTSIZE = 56;

    /// The entry that starts at an offset.
    public static SectionHeader at(Bytes bytes, long at) {
        return new SectionHeader(
                bytes.s32(at),
                bytes.s32(at + SH_TYPE),
                bytes.s64(at + SH_FLAGS),
                bytes.s64(at + SH_ADDR),
                bytes.s64(at + SH_OFFSET),
                bytes.s64(at + SH_SIZE),
                bytes.s32(at + SH_LINK),
                bytes.s32(at + SH_INFO),
                bytes.s64(at + SH_ADDRALIGN),
                bytes.s64(at + SH_ENTSIZE));
    }
}
