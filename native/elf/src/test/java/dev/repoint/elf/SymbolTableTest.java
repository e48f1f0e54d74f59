package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolTableTest {

    @Test
    void aLocalSymbolHasTheSourceFileBeforeIt() throws IOException {
        SymbolTable symbols = Fixture.GCC_X86_64_PIE.read().symbols();
        assertThat(only(symbols, "opened").sourceFile()).isEqualTo("util.c");
        assertThat(only(symbols, "started").sourceFile()).isEqualTo("main.c");
        assertThat(only(symbols, "util_run").sourceFile()).isEmpty();
    }

    @Test
    void theVersionInANameForLinkingIsToldApartFromIt() throws IOException {
        ElfFile file = Fixture.GCC_X86_64_SHARED.read();
        for (SymbolTable symbols : List.of(file.symbols(), file.dynamicSymbols())) {
            List<Symbol> renewed = symbols.named("util_renewed");
            assertThat(renewed).extracting(Symbol::version).containsExactlyInAnyOrder("UTIL_1.0", "UTIL_2.0");
            for (Symbol each : renewed) {
                boolean isNew = each.version().equals("UTIL_2.0");
                assertThat(symbols.isDefaultVersion(each.index())).isEqualTo(isNew);
                assertThat(symbols.isHiddenVersion(each.index())).isEqualTo(!isNew);
            }
            Symbol imported = only(symbols, "puts");
            assertThat(imported.version()).isEqualTo("GLIBC_2.2.5");
            assertThat(imported.isDefined()).isFalse();
            assertThat(symbols.isDefaultVersion(imported.index())).isFalse();
            assertThat(symbols.isHiddenVersion(imported.index())).isFalse();
        }
    }

    @Test
    void inAnObjectFileAVersionIsToldApartToo() throws IOException {
        SymbolTable symbols = Fixture.GCC_X86_64_OBJECT_VERSIONS.read().symbols();
        assertThat(symbols.named("util_renewed"))
                .extracting(Symbol::version)
                .containsExactlyInAnyOrder("UTIL_1.0", "UTIL_2.0");
    }

    @Test
    void typesBindingsAndVisibilitiesAreThoseOfTheSource() throws IOException {
        SymbolTable symbols = Fixture.GCC_X86_64_OBJECT.read().symbols();
        assertThat(only(symbols, "util_hidden").visibility()).isEqualTo(SymbolVisibility.HIDDEN);
        assertThat(only(symbols, "util_protected").visibility()).isEqualTo(SymbolVisibility.PROTECTED);
        assertThat(only(symbols, "util_weak").binding()).isEqualTo(SymbolBinding.WEAK);
        assertThat(only(symbols, "util_chosen").type()).isEqualTo(SymbolType.INDIRECT_FUNCTION);
        assertThat(only(symbols, "of_thread").type()).isEqualTo(SymbolType.THREAD_LOCAL);
        assertThat(only(symbols, "ops").type()).isEqualTo(SymbolType.OBJECT);
        assertThat(only(symbols, "opened").binding()).isEqualTo(SymbolBinding.LOCAL);
        assertThat(only(symbols, "common_counter").sectionIndex()).isEqualTo(SymbolTable.SHN_COMMON);
        assertThat(only(symbols, "nowhere").isDefined()).isFalse();
    }

    @Test
    void aNameThatNoSymbolHasIsNotFound() throws IOException {
        assertThat(Fixture.GCC_X86_64_OBJECT.read().symbols().named("no such symbol"))
                .isEmpty();
        assertThat(Fixture.GCC_X86_64_OBJECT.read().dynamicSymbols().named("util_run"))
                .isEmpty();
    }

    @Test
    void anIndexOutsideOfTheTableIsRefused() throws IOException {
        SymbolTable symbols = Fixture.GCC_X86_64_OBJECT.read().symbols();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> symbols.get(symbols.size()));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> symbols.sectionIndex(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> symbols.isDefaultVersion(symbols.size()));
    }

    private static Symbol only(SymbolTable symbols, String name) {
        assertThat(symbols.named(name)).hasSize(1);
        return symbols.named(name).getFirst();
    }
}
