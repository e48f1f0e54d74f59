package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the malformed files of other tests are, before they are malformed.
class TinyLibraryTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everythingInItIsFoundWithAndWithoutSectionHeaders(boolean withSections) throws ElfFormatException {
        byte[] bytes = withSections ? TinyLibrary.bytes() : TinyLibrary.withoutSections();
        ElfFile file = ElfFile.of("tiny", MemorySegment.ofArray(bytes));
        assertThat(file.sections()).hasSize(withSections ? TinyLibrary.SECTION_COUNT : 0);
        assertThat(file.buildId()).contains(new BuildId("deadbeef"));
        assertThat(file.isPie()).isFalse();
        assertThat(file.dynamic()).hasValueSatisfying(dynamic -> {
            assertThat(dynamic.needed()).containsExactly("libneeded");
            assertThat(dynamic.soname()).contains("libtiny");
            assertThat(dynamic.runPath()).contains("own");
        });
        SymbolTable symbols = file.dynamicSymbols();
        assertThat(symbols.size()).isEqualTo(4);
        assertThat(List.of(symbols.name(1), symbols.version(1))).containsExactly("puts", "V_OUT");
        assertThat(List.of(symbols.isDefined(1), symbols.isDefaultVersion(1))).containsExactly(false, false);
        assertThat(List.of(symbols.name(2), symbols.version(2))).containsExactly("own", "V_OWN");
        assertThat(List.of(symbols.isDefaultVersion(2), symbols.isHiddenVersion(2)))
                .containsExactly(true, false);
        assertThat(List.of(symbols.isDefaultVersion(3), symbols.isHiddenVersion(3)))
                .containsExactly(false, true);
        assertThat(symbols.named("own")).extracting(Symbol::index).containsExactly(2, 3);
        assertThat(symbols.sectionIndex(2)).isEqualTo(withSections ? 1 : SymbolTable.SHN_ABS);
        assertThat(file.relocations().stream().mapToInt(RelocationTable::count).sum())
                .isEqualTo(2);
        assertThat(file.relocations().getLast().symbols()).isSameAs(symbols);
        PackedRelocations packed = file.packedRelocations();
        assertThat(packed.count()).isEqualTo(2);
        assertThat(packed.offset(1)).isEqualTo(TinyLibrary.BASE + TinyLibrary.WORDS + 24);
        assertThat(packed.addend(1)).isEqualTo(TinyLibrary.BASE + TinyLibrary.WORDS + 8);
        assertThat(file.offsetOf(new Address(TinyLibrary.BASE + 5))).contains(new FileOffset(5));
        assertThat(file.addressOf(new FileOffset(5))).contains(new Address(TinyLibrary.BASE + 5));
        assertThat(file.offsetOf(new Address(TinyLibrary.BASE + TinyLibrary.SECTIONS + 3)))
                .isEmpty();
    }

    @Test
    void withoutSectionHeadersTheTablesAreNamedAsLinkersNameThem() throws ElfFormatException {
        ElfFile file = ElfFile.of("tiny", MemorySegment.ofArray(TinyLibrary.withoutSections()));
        assertThat(file.relocations())
                .extracting(table -> table.section().name())
                .containsExactly(".rela.dyn", ".rela.plt");
        assertThat(file.relocations())
                .extracting(table -> table.section().address())
                .containsExactly(
                        new Address(TinyLibrary.BASE + TinyLibrary.RELA),
                        new Address(TinyLibrary.BASE + TinyLibrary.PLT_RELA));
        assertThat(file.dynamicSymbols().section()).isEmpty();
    }
}
