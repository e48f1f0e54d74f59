package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A program whose section headers are gone still has what a loader reads, and the same is found there.
class NoSectionHeadersTest {

    @ParameterizedTest
    @EnumSource(
            names = {
                "GCC_X86_64_SHARED",
                "GCC_X86_64_SHARED_SYSV_HASH",
                "GCC_X86_64_SHARED_BOTH_HASHES",
                "GCC_X86_64_PIE",
                "GCC_X86_64_PIE_PACKED",
                "GCC_X86_64_PIE_STRIPPED",
                "GCC_X86_64_FIXED",
                "GCC_X86_64_STATIC_PIE",
                "GOLD_X86_64_PIE",
                "LLD_X86_64_PIE",
                "LLD_X86_64_PIE_PACKED",
                "GCC_AARCH64_SHARED",
                "GCC_AARCH64_PIE"
            })
    void theDynamicSectionLeadsToTheSameTables(Fixture fixture) throws IOException {
        ElfFile whole = fixture.read();
        ElfFile cut = ElfFile.of("cut", MemorySegment.ofArray(cut(fixture.bytes(), whole)));
        assertThat(cut.sections()).isEmpty();
        assertThat(cut.symbols().size()).isZero();
        assertThat(symbols(cut)).isEqualTo(symbols(whole)).isNotEmpty();
        assertThat(relocations(cut)).isEqualTo(relocations(whole)).isNotEmpty();
        assertThat(cut.packedRelocations().count())
                .isEqualTo(whole.packedRelocations().count());
        assertThat(cut.buildId()).isEqualTo(whole.buildId());
        assertThat(cut.isPie()).isEqualTo(whole.isPie());
        assertThat(new Told(cut).dynamic()).isEqualTo(new Told(whole).dynamic());
        assertThat(new Told(cut).segments()).isEqualTo(new Told(whole).segments());
    }

    /// What is left if the headers and all that follows the loaded segments are cut off.
    private static byte[] cut(byte[] bytes, ElfFile file) {
        long end = file.segments().stream()
                .mapToLong(each -> each.offset().value() + each.fileSize())
                .max()
                .orElseThrow();
        byte[] loaded = Arrays.copyOf(bytes, (int) end);
        return ElfBytes.of(loaded).u64(40, 0).u16(58, 0).u16(60, 0).u16(62, 0).array();
    }

    private static List<String> symbols(ElfFile file) {
        SymbolTable table = file.dynamicSymbols();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Symbol each = table.get(i);
            all.add(each.name() + " " + each.version() + table.isDefaultVersion(i) + " " + each.value() + " "
                    + each.size() + each.type() + each.binding() + each.visibility() + each.isDefined());
        }
        return all;
    }

    private static List<String> relocations(ElfFile file) {
        List<String> all = new ArrayList<>();
        for (RelocationTable table : file.relocations()) {
            if (table.section().isAllocated()) {
                for (int i = 0; i < table.count(); i++) {
                    all.add(table.get(i)
                            .toString()
                            .replaceFirst("index=\\d+", table.offsetOfEntry(i).toString()));
                }
            }
        }
        return all;
    }
}
