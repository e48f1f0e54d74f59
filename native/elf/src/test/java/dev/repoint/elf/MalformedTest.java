package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each field of a file that can be wrong, wrong: the error says where, what was found, and nothing else
/// happens.
class MalformedTest {

    private static final long HUGE = Long.MAX_VALUE;

    private static Arguments with(String words, int at, Consumer<ElfBytes> change) {
        return Arguments.of(words, at, change, false);
    }

    private static Arguments bare(String words, int at, Consumer<ElfBytes> change) {
        return Arguments.of(words, at, change, true);
    }

    static List<Arguments> files() {
        int names = TinyLibrary.section(9, 0);
        int strings = TinyLibrary.section(1, 0);
        int symbols = TinyLibrary.section(2, 0);
        int versym = TinyLibrary.section(3, 0);
        int rela = TinyLibrary.section(6, 0);
        int relr = TinyLibrary.section(7, 0);
        int note = TinyLibrary.section(8, 0);
        int load = TinyLibrary.SEGMENTS;
        return List.of(
                with("not an ELF file", 0, out -> out.u8(0, 0x7e)),
                with("a 32-bit ELF file", 4, out -> out.u8(4, 1)),
                with("ELF class 3 does not exist", 4, out -> out.u8(4, 3)),
                with("a big-endian ELF file", 5, out -> out.u8(5, 2)),
                with("byte order 0 does not exist", 5, out -> out.u8(5, 0)),
                with("ELF version 2 does not exist", 6, out -> out.u8(6, 2)),
                with("a core file", 16, out -> out.u16(16, 4)),
                with("ELF type 65281", 16, out -> out.u16(16, 0xff01)),
                with(
                        "machine 40, which is ARM of 32 bits; Repoint reads x86-64 (62) and AArch64 (183)",
                        18,
                        out -> out.u16(18, 40)),
                with("ELF version 0 does not exist", 20, out -> out.u32(20, 0)),
                with("it has 64", 52, out -> out.u16(52, 52)),
                with("a program header is to have 32 bytes", 54, out -> out.u16(54, 32)),
                with("the program header table is to be 56056 bytes", 56, out -> out.u16(56, 1001)),
                with("the program header table is to be 168 bytes at 0x7fffffffffffffff", 56, out -> out.u64(32, HUGE)),
                with("at 0xffffffffffffff00", 56, out -> out.u64(32, -256)),
                with("a section header is to have 40 bytes", 58, out -> out.u16(58, 40)),
                with("the section header table is to be 64 bytes at 0x7fffffffffffffff", 40, out -> out.u64(40, HUGE)),
                with("cannot have 65535 sections", 60, out -> out.u16(60, 0xffff)),
                with("the section header table is to be 704 bytes", 60, out -> out.u16(60, 11)),
                with(
                        "cannot have 9223372036854775807 sections",
                        TinyLibrary.SECTIONS + 32,
                        out -> out.u16(60, 0).u64(TinyLibrary.SECTIONS + 32, HUGE)),
                with("cannot have 0 sections", TinyLibrary.SECTIONS + 32, out -> out.u16(60, 0)),
                with("the names are to be in section 10 of 10", 62, out -> out.u16(62, 10)),
                with(
                        "the names are to be in section 4294967295 of 10",
                        TinyLibrary.SECTIONS + 40,
                        out -> out.u16(62, 0xffff).u32(TinyLibrary.SECTIONS + 40, -1)),
                with("section 2, but that is not a string table", symbols + 4, out -> out.u16(62, 2)),
                with(
                        "a string table does not end with a zero byte",
                        TinyLibrary.NAMES + 61,
                        out -> out.u8(TinyLibrary.NAMES + 61, 'x')),
                with("section 9 is to be 18446744073709551615 bytes", names + 32, out -> out.u64(names + 32, -1)),
                with(
                        "a name is to be at offset 62 of a string table of 62 bytes",
                        symbols,
                        out -> out.u32(symbols, 62)),
                with(
                        "section 2 is to be 96 bytes at 0xffffffffffffffff",
                        symbols + 32,
                        out -> out.u64(symbols + 24, -1)),
                with(
                        "section 1 of 9223372036854775807 bytes",
                        strings + 32,
                        out -> out.u32(strings + 4, Section.SHT_NOBITS)
                                .u64(strings + 16, -2)
                                .u64(strings + 32, HUGE)),
                with("alignment 3 of section 1 is not a power of 2", strings + 48, out -> out.u64(strings + 48, 3)),
                with("sections 1 and 2 overlap at 0x241", symbols + 24, out -> out.u64(symbols + 24, 0x241)),
                with(
                        "section 2 is a table of 96 bytes in entries of 16, where an entry has 24",
                        symbols + 56,
                        out -> out.u64(symbols + 56, 16)),
                with("section 2 is a table of 95 bytes", symbols + 56, out -> out.u64(symbols + 32, 95)),
                with("section 2 links to section 10 of 10", symbols + 40, out -> out.u32(symbols + 40, 10)),
                with("section 2 links to section 4294967295 of 10", symbols + 40, out -> out.u32(symbols + 40, -1)),
                with("section 2 links to section 6 for its names", symbols + 40, out -> out.u32(symbols + 40, 6)),
                with(
                        "a name is to be at offset 4294967295 of a string table",
                        TinyLibrary.SYMBOLS + 24,
                        out -> out.u32(TinyLibrary.SYMBOLS + 24, -1)),
                with(
                        "symbol 1 has its section index in another table, and there is none",
                        TinyLibrary.SYMBOLS + 30,
                        out -> out.u16(TinyLibrary.SYMBOLS + 30, 0xffff)),
                with(
                        "section 3 holds the versions of 4 symbols in 6 bytes",
                        versym + 32,
                        out -> out.u64(versym + 32, 6)),
                with(
                        "symbol 1 has version 32767 of 4",
                        TinyLibrary.VERSYM + 2,
                        out -> out.u16(TinyLibrary.VERSYM + 2, 0x7fff)),
                with("outside of their section", TinyLibrary.VERNEED, out -> out.u32(TinyLibrary.VERNEED + 8, -1)),
                with("outside of their section", TinyLibrary.VERDEF, out -> out.u32(TinyLibrary.VERDEF + 40, 28)),
                with("chained in a circle", TinyLibrary.VERNEED + 16, out -> out.u16(TinyLibrary.VERNEED + 2, 0xffff)),
                with(
                        "chained in a circle",
                        TinyLibrary.VERDEF,
                        out -> out.u32(TinyLibrary.section(5, 44), -1).u32(TinyLibrary.VERDEF + 16, 0)),
                with(
                        "a name is to be at offset 1000",
                        TinyLibrary.VERNEED + 16,
                        out -> out.u32(TinyLibrary.VERNEED + 24, 1000)),
                with("links to section 3, which is not the symbol table", rela + 40, out -> out.u32(rela + 40, 3)),
                with("section 6 '.rela' is about section 77 of 10", rela + 44, out -> out.u32(rela + 44, 77)),
                with(
                        "relocation 1 of section 6 '.rela' names symbol 4 of 4",
                        TinyLibrary.PLT_RELA + 8,
                        out -> out.u32(TinyLibrary.PLT_RELA + 12, 4)),
                with(
                        "names symbol 4294967295 of 4",
                        TinyLibrary.PLT_RELA + 8,
                        out -> out.u32(TinyLibrary.PLT_RELA + 12, -1)),
                with("names symbol 1 of 0", TinyLibrary.PLT_RELA + 8, out -> out.u32(rela + 40, 0)),
                with("section 7 has 15 bytes of packed relocations", relr + 32, out -> out.u64(relr + 32, 15)),
                with("packed relocations begin with a bitmap", TinyLibrary.RELR, out -> out.u64(TinyLibrary.RELR, 5)),
                with(
                        "about address 0x10, which no segment loads",
                        TinyLibrary.RELR,
                        out -> out.u64(TinyLibrary.RELR, 16)),
                with(
                        "packed relocations go back",
                        TinyLibrary.RELR + 8,
                        out -> out.u64(TinyLibrary.RELR + 8, TinyLibrary.BASE)),
                with("notes are aligned to 4 or 8 bytes, not to 16", note + 48, out -> out.u64(note + 48, 16)),
                with(
                        "a note has a name of 4 and a descriptor of 5 bytes, where 20 are left",
                        TinyLibrary.NOTE,
                        out -> out.u32(TinyLibrary.NOTE + 4, 5)),
                with("a note has a name of 4294967295", TinyLibrary.NOTE, out -> out.u32(TinyLibrary.NOTE, -1)),
                with(
                        "the notes end inside the header of a note",
                        TinyLibrary.NOTE + 16,
                        out -> out.u32(TinyLibrary.NOTE + 4, 0)),
                with("a segment is to be 9223372036854775807 bytes at 0x0", load + 32, out -> out.u64(load + 32, HUGE)),
                with("a segment is to be 1056 bytes at 0xfffffffffffffff0", load + 32, out -> out.u64(load + 8, -16)),
                with("passes the end of the address space", load + 40, out -> out.u64(load + 16, -16)),
                with("a segment of 18446744073709551615 bytes", load + 40, out -> out.u64(load + 40, -1)),
                with(
                        "a segment of 1056 bytes in the file is to take 1055 in memory",
                        load + 40,
                        out -> out.u64(load + 40, 1055)),
                with("alignment 3 of a segment is not a power of 2", load + 48, out -> out.u64(load + 48, 3)),
                with(
                        "cannot be mapped at address 0x1001 with alignment 4096",
                        load + 16,
                        out -> out.u64(load + 16, 0x1001).u64(load + 48, 4096)),
                with(
                        "two loaded segments claim address 0x13a0",
                        load + 112 + 16,
                        out -> out.u32(load + 112, Segment.PT_LOAD)),
                with(
                        "the dynamic section has a string table of 40 bytes at address 0x9",
                        dynamic(Dynamic.DT_STRTAB),
                        out -> out.u64(dynamic(Dynamic.DT_STRTAB), 9)),
                with(
                        "of 18446744073709551615 bytes",
                        dynamic(Dynamic.DT_STRTAB),
                        out -> out.u64(dynamic(Dynamic.DT_STRSZ), -1)),
                with(
                        "a name is to be at offset 40",
                        dynamic(Dynamic.DT_NEEDED),
                        out -> out.u64(dynamic(Dynamic.DT_NEEDED), 40)),
                bare(
                        "a table of 65521 symbols",
                        dynamic(Dynamic.DT_SYMTAB),
                        out -> out.u32(TinyLibrary.GNU_HASH + 4, 65521)),
                bare(
                        "a hash table at address 0x12d0, which no segment loads whole",
                        dynamic(Dynamic.DT_GNU_HASH),
                        out -> out.u32(TinyLibrary.GNU_HASH, -1)),
                bare(
                        "a hash table at address 0x12d0",
                        dynamic(Dynamic.DT_GNU_HASH),
                        out -> out.u32(TinyLibrary.GNU_HASH + 8, -1)),
                bare(
                        "a hash table at address 0x12d0",
                        dynamic(Dynamic.DT_GNU_HASH),
                        out -> out.u32(TinyLibrary.GNU_HASH + 24, -1)),
                bare(
                        "a hash table at address 0x1",
                        dynamic(Dynamic.DT_GNU_HASH),
                        out -> out.u64(dynamic(Dynamic.DT_GNU_HASH), 1)),
                bare(
                        "a table of 4 symbols at address 0x1",
                        dynamic(Dynamic.DT_SYMTAB),
                        out -> out.u64(dynamic(Dynamic.DT_SYMTAB), 1)),
                bare(
                        "a table of 24 bytes at address 0x1",
                        dynamic(Dynamic.DT_RELA),
                        out -> out.u64(dynamic(Dynamic.DT_RELA), 1)),
                bare(
                        "a table of 25 bytes in entries of 24",
                        dynamic(Dynamic.DT_RELA),
                        out -> out.u64(dynamic(Dynamic.DT_RELASZ), 25)),
                bare(
                        "a table of 18446744073709551608 bytes",
                        dynamic(Dynamic.DT_RELR),
                        out -> out.u64(dynamic(Dynamic.DT_RELRSZ), -8)),
                bare(
                        "symbol versions at address 0x1",
                        dynamic(Dynamic.DT_VERNEED),
                        out -> out.u64(dynamic(Dynamic.DT_VERNEED), 1)),
                bare(
                        "versions of 4 symbols at address 0x1",
                        dynamic(Dynamic.DT_VERSYM),
                        out -> out.u64(dynamic(Dynamic.DT_VERSYM), 1)),
                bare(
                        "relocations of kind 17; on this machine they have addends (7)",
                        dynamic(Dynamic.DT_RUNPATH),
                        out -> out.dynamic(dynamic(Dynamic.DT_RUNPATH) - 8, Dynamic.DT_PLTREL, 17)),
                bare(
                        "notes are aligned to 4 or 8 bytes, not to 64",
                        load + 112 + 48,
                        out -> out.u64(load + 112 + 48, 64)));
    }

    private static int dynamic(long tag) {
        return TinyLibrary.dynamicValue(tag);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theErrorSaysWhatIsWrongAndWhere(String words, int at, Consumer<ElfBytes> change, boolean isBare) {
        ElfBytes bytes = ElfBytes.of(isBare ? TinyLibrary.withoutSections() : TinyLibrary.bytes());
        change.accept(bytes);
        ElfFormatException error = refused(bytes.array());
        assertThat(error).hasMessageContaining(words);
        assertThat(error.offset()).isEqualTo(new FileOffset(at));
        assertThat(error.getMessage())
                .startsWith("tiny: ")
                .endsWith(" (at offset 0x" + Integer.toHexString(at) + ")")
                .doesNotContain("\n");
    }

    @Test
    void anEmptyFileIsNoElfFile() {
        assertThat(refused(new byte[0])).hasMessage("tiny: the file is empty (at offset 0x0)");
    }

    @Test
    void namesThatShareTheirBytesDoNotAddUpToMoreThanMemoryHolds() {
        // One name of half the file, in which every section and the name of every section begins one byte further on.
        int sections = 4_000;
        int table = 64;
        int names = table + sections * 64;
        int length = 200_000;
        ElfBytes out = new ElfBytes(names + length);
        out.header(1, 62, 0, 0, table, sections, 1);
        out.text(names + 1, "x".repeat(length - 2));
        out.section(table + 64, 1, Section.SHT_STRTAB, 0, 0, names, length, 0, 0, 0);
        for (int i = 2; i < sections; i++) {
            out.section(table + 64 * i, i, Section.SHT_NOBITS, 0, 0, 0, 0, 0, 0, 0);
        }
        assertThat(refused(out.array())).hasMessageContaining("the names of the file add up to far more than its size");
    }

    @Test
    void aSymbolTableThatEndsWithTheLastSymbolOfAChainIsReadToItsEnd() throws ElfFormatException {
        // Without a hash table, the symbols that relocations name are what is known.
        ElfBytes bytes = ElfBytes.of(TinyLibrary.withoutSections());
        bytes.dynamic(dynamic(Dynamic.DT_GNU_HASH) - 8, Dynamic.DT_TEXTREL, 0);
        assertThat(ElfFile.of("tiny", MemorySegment.ofArray(bytes.array()))
                        .dynamicSymbols()
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyBeginningOfAFileIsRefusedOrAValidView(boolean isBare) {
        byte[] whole = isBare ? TinyLibrary.withoutSections() : TinyLibrary.bytes();
        int refused = 0;
        for (int length = 0; length <= whole.length; length++) {
            refused += readOrRefused(Arrays.copyOf(whole, length)) ? 0 : 1;
        }
        // The bare one ends with what it does not need.
        assertThat(refused).isEqualTo(isBare ? TinyLibrary.SECTIONS : whole.length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyByteOfAFileCanBeWrong(boolean isBare) {
        byte[] whole = isBare ? TinyLibrary.withoutSections() : TinyLibrary.bytes();
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            for (int change : new int[] {0x01, 0x02, 0x08, 0x40, 0x80, 0xff, whole[i]}) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) change;
                refused += readOrRefused(changed) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 4);
    }

    @Test
    void everyBeginningOfAnObjectThatGccMadeIsRefusedOrAValidView() throws Exception {
        byte[] whole = Fixture.GCC_X86_64_OBJECT.bytes();
        // Its section headers are the last.
        for (int length = 0; length < whole.length; length++) {
            assertThat(readOrRefused(Arrays.copyOf(whole, length))).isFalse();
        }
    }

    @Test
    void everyByteOfAnObjectThatGccMadeCanBeWrong() throws Exception {
        byte[] whole = Fixture.GCC_X86_64_OBJECT_COMPRESSED.bytes();
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (i % 7 == 0 ? 0xff : 1 << i % 8);
            refused += readOrRefused(changed) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(whole.length / 10);
    }

    /// Whether there is a view. If there is, everything can be asked of it.
    private static boolean readOrRefused(byte[] bytes) {
        try {
            EveryAccessor.ofDebugInformation(ElfFile.of("tiny", MemorySegment.ofArray(bytes)));
            return true;
        } catch (ElfFormatException expected) {
            assertThat(expected.getMessage()).startsWith("tiny: ").doesNotContain("\n");
            return false;
        }
    }

    private static ElfFormatException refused(byte[] bytes) {
        ElfFormatException error =
                catchThrowableOfType(ElfFormatException.class, () -> ElfFile.of("tiny", MemorySegment.ofArray(bytes)));
        assertThat(error).isNotNull();
        return error;
    }
}
