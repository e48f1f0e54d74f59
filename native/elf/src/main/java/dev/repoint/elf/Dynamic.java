package dev.repoint.elf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The dynamic section: what the loader has to know (gABI chapter 5, "Dynamic Section"). Immutable and thread-safe.
public final class Dynamic {

    public static final long DT_NULL = 0;
    public static final long DT_NEEDED = 1;
    public static final long DT_PLTRELSZ = 2;
    public static final long DT_HASH = 4;
    public static final long DT_STRTAB = 5;
    public static final long DT_SYMTAB = 6;
    public static final long DT_RELA = 7;
    public static final long DT_RELASZ = 8;
    public static final long DT_RELAENT = 9;
    public static final long DT_STRSZ = 10;
    public static final long DT_SYMENT = 11;
    public static final long DT_SONAME = 14;
    public static final long DT_RPATH = 15;
    public static final long DT_SYMBOLIC = 16;
    public static final long DT_PLTREL = 20;
    public static final long DT_TEXTREL = 22;
    public static final long DT_JMPREL = 23;
    public static final long DT_BIND_NOW = 24;
    public static final long DT_RUNPATH = 29;
    public static final long DT_FLAGS = 30;
    public static final long DT_RELRSZ = 35;
    public static final long DT_RELR = 36;
    public static final long DT_RELRENT = 37;
    public static final long DT_GNU_HASH = 0x6fff_fef5L;
    public static final long DT_VERSYM = 0x6fff_fff0L;
    public static final long DT_FLAGS_1 = 0x6fff_fffbL;
    public static final long DT_VERDEF = 0x6fff_fffcL;
    public static final long DT_VERDEFNUM = 0x6fff_fffdL;
    public static final long DT_VERNEED = 0x6fff_fffeL;
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
