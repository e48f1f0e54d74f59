package dev.repoint.elf.raw;

/// The header at the start of the file: `Elf64_Ehdr`, gABI chapter 4, "ELF Header".
///
/// @param type     `e_type`
/// @param machine  `e_machine`
/// @param version  `e_version`
/// @param entry    `e_entry`
/// @param phoff    `e_phoff`
/// @param shoff    `e_shoff`
/// @param ehsize   `e_ehsize`
/// @param phentsize `e_phentsize`
/// @param phnum    `e_phnum`, or [#PN_XNUM]
/// @param shentsize `e_shentsize`
/// @param shnum    `e_shnum`, or 0 if it does not fit
/// @param shstrndx `e_shstrndx`, or [#SHN_XINDEX]
public record FileHeader(
        int type,
        int machine,
        int version,
        long entry,
        long phoff,
        long shoff,
        int ehsize,
        int phentsize,
        int phnum,
        int shentsize,
        int shnum,
        int shstrndx) {

    /// The size of the header, in bytes.
    public static final int SIZE = 64;

    /// `e_ident[EI_MAG0..3]` as a little-endian number.
    public static final int MAGIC = 0x46_4c_45_7f;
    public static final int EI_CLASS = 4;
    public static final int ELFCLASS32 = 1;
    public static final int ELFCLASS64 = 2;
    public static final int EI_DATA = 5;
    public static final int ELFDATA2LSB = 1;
    public static final int ELFDATA2MSB = 2;
    public static final int EI_VERSION = 6;
    public static final int EV_CURRENT = 1;

    public static final int E_TYPE = 16;
    public static final int E_MACHINE = 18;
    public static final int E_VERSION = 20;
    public static final int E_PHOFF = 32;
    public static final int E_SHOFF = 40;
    public static final int E_EHSIZE = 52;
    public static final int E_PHENTSIZE = 54;
    public static final int E_PHNUM = 56;
    public static final int E_SHENTSIZE = 58;
    public static final int E_SHNUM = 60;
    public static final int E_SHSTRNDX = 62;

    public static final int ET_REL = 1;
    public static final int ET_EXEC = 2;
    public static final int ET_DYN = 3;
    public static final int ET_CORE = 4;

    public static final int EM_X86_64 = 62;
    public static final int EM_AARCH64 = 183;

    /// In [#phnum]: the number is in `sh_info` of section 0.
    public static final int PN_XNUM = 0xffff;
    /// In [#shstrndx]: the index is in `sh_link` of section 0.
    public static final int SHN_XINDEX = 0xffff;

    /// The header at the start of the bytes.
    public static FileHeader of(Bytes bytes) {
        return new FileHeader(
                bytes.u16(E_TYPE),
                bytes.u16(E_MACHINE),
                bytes.s32(E_VERSION),
                bytes.s64(24),
                bytes.s64(E_PHOFF),
                bytes.s64(E_SHOFF),
                bytes.u16(E_EHSIZE),
                bytes.u16(E_PHENTSIZE),
                bytes.u16(E_PHNUM),
                bytes.u16(E_SHENTSIZE),
                bytes.u16(E_SHNUM),
                bytes.u16(E_SHSTRNDX));
    }
}
