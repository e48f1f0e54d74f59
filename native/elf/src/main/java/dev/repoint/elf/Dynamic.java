package dev.repoint.elf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The dynamic section: what the loader has to know (gABI chapter 5, "Dynamic Section"). Immutable and
/// thread-safe.
public final class Dynamic {

    /// Ends the entries.
    public static final long DT_NULL = 0;
    /// The name of a library that is needed.
    public static final long DT_NEEDED = 1;
    /// The size of [#DT_JMPREL].
    public static final long DT_PLTRELSZ = 2;
    /// The hash table of the symbols.
    public static final long DT_HASH = 4;
    /// The names.
    public static final long DT_STRTAB = 5;
    /// The symbols.
    public static final long DT_SYMTAB = 6;
    /// The relocations.
    public static final long DT_RELA = 7;
    /// The size of [#DT_RELA].
    public static final long DT_RELASZ = 8;
    /// The size of an entry of [#DT_RELA].
    public static final long DT_RELAENT = 9;
    /// The size of [#DT_STRTAB].
    public static final long DT_STRSZ = 10;
    /// The size of an entry of [#DT_SYMTAB].
    public static final long DT_SYMENT = 11;
    /// The name of the library.
    public static final long DT_SONAME = 14;
    /// Where libraries are looked for, before the environment says where.
    public static final long DT_RPATH = 15;
    /// The library prefers its own definitions.
    public static final long DT_SYMBOLIC = 16;
    /// The kind of [#DT_JMPREL].
    public static final long DT_PLTREL = 20;
    /// Relocations may change code.
    public static final long DT_TEXTREL = 22;
    /// The relocations of the procedure linkage table.
    public static final long DT_JMPREL = 23;
    /// All symbols are bound at start.
    public static final long DT_BIND_NOW = 24;
    /// Where libraries are looked for, after the environment says where.
    public static final long DT_RUNPATH = 29;
    /// Flags.
    public static final long DT_FLAGS = 30;
    /// The size of [#DT_RELR].
    public static final long DT_RELRSZ = 35;
    /// The packed relative relocations.
    public static final long DT_RELR = 36;
    /// The size of an entry of [#DT_RELR].
    public static final long DT_RELRENT = 37;
    /// The hash table of the symbols, in the form of GNU.
    public static final long DT_GNU_HASH = 0x6fff_fef5L;
    /// The version of each symbol.
    public static final long DT_VERSYM = 0x6fff_fff0L;
    /// More flags.
    public static final long DT_FLAGS_1 = 0x6fff_fffbL;
    /// The versions that the file defines.
    public static final long DT_VERDEF = 0x6fff_fffcL;
    /// The number of [#DT_VERDEF].
    public static final long DT_VERDEFNUM = 0x6fff_fffdL;
    /// The versions that the file needs.
    public static final long DT_VERNEED = 0x6fff_fffeL;
    /// The number of files in [#DT_VERNEED].
    public static final long DT_VERNEEDNUM = 0x6fff_ffffL;

    private static final long DF_SYMBOLIC = 0x2;
    private static final long DF_BIND_NOW = 0x8;
    private static final long DF_1_NOW = 0x1;
    private static final long DF_1_PIE = 0x0800_0000;

    /// One entry.
    ///
    /// @param tag    `d_tag`
    /// @param value  `d_val` or `d_ptr`
    /// @param offset where the entry starts in the file; it has 16 bytes
    public record Entry(long tag, long value, FileOffset offset) {}

    private final List<Entry> entries;
    private final List<String> needed;
    private final Optional<String> soname;
    private final Optional<String> runPath;

    Dynamic(List<Entry> entries, List<String> needed, Optional<String> soname, Optional<String> runPath) {
        this.entries = entries;
        this.needed = needed;
        this.soname = soname;
        this.runPath = runPath;
    }

    /// All entries before the one that ends them, in their order.
    public List<Entry> entries() {
        return entries;
    }

    /// The value of the first entry with a tag.
    public OptionalLong value(long tag) {
        for (Entry entry : entries) {
            if (entry.tag == tag) {
                return OptionalLong.of(entry.value);
            }
        }
        return OptionalLong.empty();
    }

    /// The names of the libraries that are needed, in their order.
    public List<String> needed() {
        return needed;
    }

    /// The name by which others need this library.
    public Optional<String> soname() {
        return soname;
    }

    /// Where libraries are looked for (`DT_RUNPATH`, else `DT_RPATH`).
    public Optional<String> runPath() {
        return runPath;
    }

    /// Whether all symbols are bound at start, so that calls through the procedure linkage table are, too.
    public boolean isBoundNow() {
        return value(DT_BIND_NOW).isPresent() || has(DT_FLAGS, DF_BIND_NOW) || has(DT_FLAGS_1, DF_1_NOW);
    }

    /// Whether the library prefers its own definitions (`-Bsymbolic`).
    public boolean isSymbolic() {
        return value(DT_SYMBOLIC).isPresent() || has(DT_FLAGS, DF_SYMBOLIC);
    }

    /// Whether the linker says that it is a position-independent program.
    boolean isPie() {
        return has(DT_FLAGS_1, DF_1_PIE);
    }

    private boolean has(long tag, long flag) {
        return (value(tag).orElse(0) & flag) != 0;
    }
}
