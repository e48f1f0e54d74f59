package dev.repoint.elf;

/// A section, as its entry of the section header table describes it (gABI chapter 4, "Sections").
///
/// The bytes of a section that [has bytes][#hasBytes] lie in the file; sizes and alignments were checked when
/// it was read. Links were checked only where this library follows them.
///
/// @param index     its place in the section header table
/// @param name      `sh_name`; empty if it has none
/// @param type      `sh_type`, for example [#SHT_RELA]
/// @param flags     `sh_flags`, a sum of [#SHF_WRITE] and others
/// @param address   `sh_addr`; 0 in relocatable files and where nothing is loaded
/// @param offset    `sh_offset`
/// @param size      `sh_size`, in bytes, not negative
/// @param link      `sh_link`: the index of another section, as the type says
/// @param info      `sh_info`: as the type says
/// @param alignment `sh_addralign`: 0 or a power of 2
/// @param entrySize `sh_entsize`: the size of an entry in bytes, or 0
public record Section(
        SectionIndex index,
        String name,
        int type,
        long flags,
        Address address,
        FileOffset offset,
        long size,
        int link,
        int info,
        long alignment,
        long entrySize) {

    /// No section at all.
    public static final int SHT_NULL = 0;
    /// Whatever the program defines.
    public static final int SHT_PROGBITS = 1;
    /// The symbols for linking.
    public static final int SHT_SYMTAB = 2;
    /// Strings that end with a zero byte.
    public static final int SHT_STRTAB = 3;
    /// Relocations with addends.
    public static final int SHT_RELA = 4;
    /// The dynamic section.
    public static final int SHT_DYNAMIC = 6;
    /// Notes.
    public static final int SHT_NOTE = 7;
    /// Zeros that take no place in the file.
    public static final int SHT_NOBITS = 8;
    /// Relocations without addends.
    public static final int SHT_REL = 9;
    /// The symbols for the loader.
    public static final int SHT_DYNSYM = 11;
    /// Section indexes that do not fit into a symbol.
    public static final int SHT_SYMTAB_SHNDX = 18;
    /// Relative relocations, packed.
    public static final int SHT_RELR = 19;
    /// Versions that the file defines.
    public static final int SHT_GNU_VERDEF = 0x6fff_fffd;
    /// Versions that the file needs.
    public static final int SHT_GNU_VERNEED = 0x6fff_fffe;
    /// The version of each symbol for the loader.
    public static final int SHT_GNU_VERSYM = 0x6fff_ffff;

    /// Writable when loaded.
    public static final long SHF_WRITE = 0x1;
    /// Takes memory when loaded.
    public static final long SHF_ALLOC = 0x2;
    /// Holds instructions.
    public static final long SHF_EXECINSTR = 0x4;
    /// `info` is the index of a section.
    public static final long SHF_INFO_LINK = 0x40;
    /// Thread-local storage.
    public static final long SHF_TLS = 0x400;
    /// Compressed, with a header that says how.
    public static final long SHF_COMPRESSED = 0x800;

    /// Whether it holds instructions.
    public boolean isExecutable() {
        return (flags & SHF_EXECINSTR) != 0;
    }

    /// Whether it takes memory when loaded.
    public boolean isAllocated() {
        return (flags & SHF_ALLOC) != 0;
    }

    /// Whether it is writable when loaded.
    public boolean isWritable() {
        return (flags & SHF_WRITE) != 0;
    }

    /// Whether its bytes are compressed, so that they do not stand for themselves.
    public boolean isCompressed() {
        return (flags & SHF_COMPRESSED) != 0;
    }

    /// Whether it is a template of thread-local storage.
    public boolean isThreadLocal() {
        return (flags & SHF_TLS) != 0;
    }

    /// Whether it has bytes in the file.
    public boolean hasBytes() {
        return type != SHT_NOBITS && type != SHT_NULL;
    }

    /// Whether an address lies in the memory that it takes. In relocatable files: whether a distance from its
    /// start does.
    public boolean contains(Address place) {
        boolean takesMemory = isAllocated() && !(isThreadLocal() && type == SHT_NOBITS);
        return takesMemory && Long.compareUnsigned(place.value() - address.value(), size) < 0;
    }
}
