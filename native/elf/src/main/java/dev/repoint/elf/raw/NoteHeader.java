package dev.repoint.elf.raw;

/// The fields at the start of a note: `Elf64_Nhdr`, gABI chapter 5, "Note Section". As Linux files have it, all
/// three are four bytes wide.
public final class NoteHeader {

    /// The size of the header, in bytes.
    public static final int SIZE = 12;

    private NoteHeader() {}

    /// `n_namesz`: how many bytes the owner's name has, with its zero byte.
    public static long nameSize(Bytes bytes, long at) {
        return bytes.u32(at);
    }

    /// `n_descsz`: how many bytes the descriptor has.
    public static long descriptorSize(Bytes bytes, long at) {
        return bytes.u32(at + 4);
    }

    /// `n_type`.
    public static int type(Bytes bytes, long at) {
        return bytes.s32(at + 8);
    }
}
