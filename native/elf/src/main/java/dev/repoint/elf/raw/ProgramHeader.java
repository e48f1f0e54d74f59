package dev.repoint.elf.raw;

/// One entry of the program header table: `Elf64_Phdr`, gABI chapter 5, "Program Header".
///
/// @param type   `p_type`
/// @param flags  `p_flags`
/// @param offset `p_offset`
/// @param vaddr  `p_vaddr`
/// @param filesz `p_filesz`
/// @param memsz  `p_memsz`
/// @param align  `p_align`
public record ProgramHeader(int type, int flags, long offset, long vaddr, long filesz, long memsz, long align) {

    /// The size of an entry, in bytes.
    public static final int SIZE = 56;

    public static final int P_FLAGS = 4;
    public static final int P_OFFSET = 8;
    public static final int P_VADDR = 16;
    public static final int P_FILESZ = 32;
    public static final int P_MEMSZ = 40;
    public static final int P_ALIGN = 48;

    /// The entry that starts at an offset.
    public static ProgramHeader at(Bytes bytes, long at) {
        return new ProgramHeader(
                bytes.s32(at),
                bytes.s32(at + P_FLAGS),
                bytes.s64(at + P_OFFSET),
                bytes.s64(at + P_VADDR),
                bytes.s64(at + P_FILESZ),
                bytes.s64(at + P_MEMSZ),
                bytes.s64(at + P_ALIGN));
    }
}
