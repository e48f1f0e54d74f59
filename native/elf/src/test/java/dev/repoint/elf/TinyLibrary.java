package dev.repoint.elf;

/// A shared library of a kilobyte that has one of everything that a loader reads. Loaded as it lies in the
/// file, so addresses are offsets plus [#BASE].
final class TinyLibrary {

    static final int BASE = 0x1000;

    static final int SEGMENTS = 64;
    static final int DYNAMIC = 256;
    static final int DYNAMIC_ENTRIES = 19;
    static final int STRINGS = 576;
    static final int STRINGS_SIZE = 48;
    static final int SYMBOLS = 624;
    static final int SYMBOL_COUNT = 4;
    static final int GNU_HASH = 720;
    static final int VERSYM = 768;
    static final int VERNEED = 776;
    static final int VERDEF = 808;
    static final int RELA = 864;
    static final int PLT_RELA = 888;
    static final int RELR = 912;
    static final int NOTE = 928;
    static final int WORDS = 952;
    static final int NAMES = 984;
    static final int SECTIONS = 1056;
    static final int SECTION_COUNT = 10;

    /// Names: "", "needed", "puts", "lib", "V_OUT", "own", "V_OWN".
    private static final String TEXT = "\0libneeded\0puts\0libtiny\0V_OUT\0own\0V_OWN\0";

    private TinyLibrary() {}

    static byte[] bytes() {
        ElfBytes out = new ElfBytes(SECTIONS + SECTION_COUNT * 64);
        out.header(3, 62, SEGMENTS, 3, SECTIONS, SECTION_COUNT, 9);
        int size = SECTIONS;
        out.segment(SEGMENTS, Segment.PT_LOAD, 7, 0, BASE, size, size + 64);
        out.segment(
                SEGMENTS + 56,
                Segment.PT_DYNAMIC,
                6,
                DYNAMIC,
                BASE + DYNAMIC,
                DYNAMIC_ENTRIES * 16,
                DYNAMIC_ENTRIES * 16);
        out.segment(SEGMENTS + 112, Segment.PT_NOTE, 4, NOTE, BASE + NOTE, 20, 20)
                .u64(SEGMENTS + 112 + 48, 4);
        tables(out);
        dynamic(out);
        sections(out);
        return out.array();
    }

    /// The same without section headers.
    static byte[] withoutSections() {
        return ElfBytes.of(bytes()).u64(40, 0).u16(60, 0).u16(62, 0).array();
    }

    private static int name(String name) {
        return TEXT.indexOf("\0" + name + "\0") + 1;
    }

    private static void tables(ElfBytes out) {
        out.text(STRINGS, TEXT);
        out.symbol(SYMBOLS + 24, name("puts"), 0x12, 0, 0, 0, 0);
        out.symbol(SYMBOLS + 48, name("own"), 0x12, 0, 1, BASE + WORDS, 8);
        out.symbol(SYMBOLS + 72, name("own"), 0x12, 0, 1, BASE + WORDS + 8, 8);
        // One bucket, symbols from 2 on, one word of the filter; the chain ends with symbol 3.
        out.u32(GNU_HASH, 1).u32(GNU_HASH + 4, 2).u32(GNU_HASH + 8, 1).u32(GNU_HASH + 12, 0);
        out.u32(GNU_HASH + 24, 2).u32(GNU_HASH + 28, 0x10).u32(GNU_HASH + 32, 0x11);
        out.u16(VERSYM, 0).u16(VERSYM + 2, 3).u16(VERSYM + 4, 2).u16(VERSYM + 6, 0x8002);
        out.u16(VERNEED, 1)
                .u16(VERNEED + 2, 1)
                .u32(VERNEED + 4, name("libneeded"))
                .u32(VERNEED + 8, 16);
        out.u16(VERNEED + 16 + 6, 3).u32(VERNEED + 16 + 8, name("V_OUT"));
        // The file itself, then its one version.
        out.u16(VERDEF, 1)
                .u16(VERDEF + 2, 1)
                .u16(VERDEF + 4, 1)
                .u16(VERDEF + 6, 1)
                .u32(VERDEF + 12, 20)
                .u32(VERDEF + 16, 28)
                .u32(VERDEF + 20, name("libtiny"));
        out.u16(VERDEF + 28, 1)
                .u16(VERDEF + 32, 2)
                .u16(VERDEF + 34, 1)
                .u32(VERDEF + 40, 20)
                .u32(VERDEF + 48, name("V_OWN"));
        out.rela(RELA, BASE + WORDS, 0, 8, BASE + WORDS + 8);
        out.rela(PLT_RELA, BASE + WORDS + 8, 1, 7, 0);
        // The third word, and by the bitmap the fourth.
        out.u64(RELR, BASE + WORDS + 16).u64(RELR + 8, 3);
        out.u32(NOTE, 4)
                .u32(NOTE + 4, 4)
                .u32(NOTE + 8, 3)
                .text(NOTE + 12, "GNU")
                .u32(NOTE + 16, 0xefbe_adde);
        out.u64(WORDS + 16, BASE + WORDS).u64(WORDS + 24, BASE + WORDS + 8);
    }

    private static void dynamic(ElfBytes out) {
        long[][] entries = {
            {Dynamic.DT_NEEDED, name("libneeded")},
            {Dynamic.DT_SONAME, name("libtiny")},
            {Dynamic.DT_RUNPATH, name("own")},
            {Dynamic.DT_STRTAB, BASE + STRINGS},
            {Dynamic.DT_STRSZ, TEXT.length()},
            {Dynamic.DT_SYMTAB, BASE + SYMBOLS},
            {Dynamic.DT_GNU_HASH, BASE + GNU_HASH},
            {Dynamic.DT_VERSYM, BASE + VERSYM},
            {Dynamic.DT_VERNEED, BASE + VERNEED},
            {Dynamic.DT_VERNEEDNUM, 1},
            {Dynamic.DT_VERDEF, BASE + VERDEF},
            {Dynamic.DT_VERDEFNUM, 2},
            {Dynamic.DT_RELA, BASE + RELA},
            {Dynamic.DT_RELASZ, 24},
            {Dynamic.DT_JMPREL, BASE + PLT_RELA},
            {Dynamic.DT_PLTRELSZ, 24},
            {Dynamic.DT_RELR, BASE + RELR},
            {Dynamic.DT_RELRSZ, 16},
            {Dynamic.DT_NULL, 0}
        };
        for (int i = 0; i < entries.length; i++) {
            out.dynamic(DYNAMIC + 16 * i, entries[i][0], entries[i][1]);
        }
    }

    /// The offset of the value of an entry of the dynamic section.
    static int dynamicValue(long tag) {
        ElfBytes bytes = ElfBytes.of(bytes());
        int at = DYNAMIC;
        while (bytes.u64(at) != tag) {
            at += 16;
        }
        return at + 8;
    }

    /// The offset of a field of a section's header.
    static int section(int index, int field) {
        return SECTIONS + 64 * index + field;
    }

    private static void sections(ElfBytes out) {
        out.text(NAMES, "\0.dynstr\0.dynsym\0.version\0.needed\0.defined\0.rela\0.note\0.names\0");
        out.section(section(1, 0), 1, Section.SHT_STRTAB, 2, BASE + STRINGS, STRINGS, TEXT.length(), 0, 0, 0);
        out.section(section(2, 0), 9, Section.SHT_DYNSYM, 2, BASE + SYMBOLS, SYMBOLS, SYMBOL_COUNT * 24, 1, 1, 24);
        out.section(section(3, 0), 17, Section.SHT_GNU_VERSYM, 2, BASE + VERSYM, VERSYM, 8, 2, 0, 2);
        out.section(section(4, 0), 26, Section.SHT_GNU_VERNEED, 2, BASE + VERNEED, VERNEED, 32, 1, 1, 0);
        out.section(section(5, 0), 34, Section.SHT_GNU_VERDEF, 2, BASE + VERDEF, VERDEF, 56, 1, 2, 0);
        out.section(section(6, 0), 43, Section.SHT_RELA, 2, BASE + RELA, RELA, 48, 2, 0, 24);
        out.section(section(7, 0), 43, Section.SHT_RELR, 2, BASE + RELR, RELR, 16, 0, 0, 8);
        out.section(section(8, 0), 49, Section.SHT_NOTE, 2, BASE + NOTE, NOTE, 20, 0, 0, 0);
        out.section(section(9, 0), 55, Section.SHT_STRTAB, 0, 0, NAMES, 62, 0, 0, 0);
    }
}
