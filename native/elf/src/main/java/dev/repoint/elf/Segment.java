package dev.repoint.elf;

/// A segment, as its entry of the program header table describes it (gABI chapter 5, "Program Header").
///
/// The bytes of a segment lie in the file, unless its type is [#PT_NULL]; that was checked when it was read.
///
/// @param type       `p_type`, for example [#PT_LOAD]
/// @param flags      `p_flags`, a sum of [#PF_R], [#PF_W] and [#PF_X]
/// @param offset     `p_offset`
/// @param address    `p_vaddr`
/// @param fileSize   `p_filesz`, in bytes
/// @param memorySize `p_memsz`, in bytes
/// @param alignment  `p_align`, in bytes: 0, 1 or a power of 2
public record Segment(
        int type, int flags, FileOffset offset, Address address, long fileSize, long memorySize, long alignment) {

    /// To be ignored.
    public static final int PT_NULL = 0;
    /// Is loaded.
    public static final int PT_LOAD = 1;
    /// The dynamic section.
    public static final int PT_DYNAMIC = 2;
    /// The path of the program interpreter.
    public static final int PT_INTERP = 3;
    /// Notes.
    public static final int PT_NOTE = 4;
    /// The program header table itself.
    public static final int PT_PHDR = 6;
    /// The template of thread-local storage.
    public static final int PT_TLS = 7;
    /// The index of the unwind entries.
    public static final int PT_GNU_EH_FRAME = 0x6474_e550;
    /// What is read-only after relocation.
    public static final int PT_GNU_RELRO = 0x6474_e552;

    /// Executable.
    public static final int PF_X = 1;
    /// Writable.
    public static final int PF_W = 2;
    /// Readable.
    public static final int PF_R = 4;

    /// Whether it is loaded into memory.
    public boolean isLoaded() {
        return type == PT_LOAD;
    }

    /// Whether its memory is executable.
    public boolean isExecutable() {
        return (flags & PF_X) != 0;
    }

    /// Whether its memory is writable.
    public boolean isWritable() {
        return (flags & PF_W) != 0;
    }

    /// Whether an address lies in its memory.
    public boolean contains(Address place) {
        return Long.compareUnsigned(place.value() - address.value(), memorySize) < 0;
    }
}
