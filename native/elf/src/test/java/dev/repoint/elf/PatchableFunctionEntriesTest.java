package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pads of the two functions of `util.c` that have one: the first begins two units before the function.
class PatchableFunctionEntriesTest {

    @ParameterizedTest
    @EnumSource(
            names = {
                "GCC_X86_64_SHARED",
                "GCC_X86_64_PIE",
                "GCC_X86_64_PIE_PACKED",
                "GCC_X86_64_PIE_STRIPPED",
                "GCC_X86_64_FIXED",
                "GCC_X86_64_STATIC",
                "GCC_X86_64_STATIC_PIE",
                "GOLD_X86_64_PIE",
                "LLD_X86_64_PIE",
                "LLD_X86_64_PIE_PACKED",
                "GCC_AARCH64_SHARED",
                "GCC_AARCH64_PIE"
            })
    void inLinkedFilesTheyAreAddresses(Fixture fixture) throws IOException {
        ElfFile file = fixture.read();
        int unit = file.machine() == ElfMachine.X86_64 ? 1 : 4;
        List<Address> entries = file.patchableFunctionEntries();
        assertThat(entries)
                .hasSize(2)
                .allSatisfy(each -> assertThat(file.sectionAt(each))
                        .hasValueSatisfying(in -> assertThat(in.name()).isEqualTo(".text")));
        assertThat(file.patchableFunctionEntries(file.section(".text").orElseThrow()))
                .isEqualTo(entries);
        assertThat(file.patchableFunctionEntries(
                        file.section(".dynstr").orElse(file.section(".data").orElseThrow())))
                .isEmpty();
        if (file.symbols().size() > 0) {
            assertThat(entries)
                    .containsExactly(address(file, "util_padded").plus(-2L * unit), address(file, "util_padded_too"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_X86_64_OBJECT", "CLANG_X86_64_OBJECT", "GCC_AARCH64_OBJECT"})
    void inObjectFilesTheyCountFromTheStartOfTheirSections(Fixture fixture) throws IOException {
        ElfFile file = fixture.read();
        assertThat(file.patchableFunctionEntries()).containsExactly(new Address(0), new Address(0));
        for (String function : List.of("util_padded", "util_padded_too")) {
            assertThat(file.patchableFunctionEntries(
                            file.section(".text." + function).orElseThrow()))
                    .containsExactly(new Address(0));
        }
        assertThat(file.patchableFunctionEntries(file.section(".text.util_run").orElseThrow()))
                .isEmpty();
    }

    @Test
    void aFileWithoutThemHasNone() throws IOException {
        assertThat(ElfFile.read(Fixture.GCC_X86_64_OBJECT_COMPRESSED.path()).patchableFunctionEntries())
                .hasSize(2);
        assertThat(ElfFile.of("tiny", MemorySegment.ofArray(TinyLibrary.bytes()))
                        .patchableFunctionEntries())
                .isEmpty();
    }

    private static Address address(ElfFile file, String function) {
        return file.symbols().named(function).getFirst().value();
    }
}
