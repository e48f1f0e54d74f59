package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.witness.AssembledRelocations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelocationsTest {

    @TempDir
    Path folder;

    @Test
    void theAssemblerHasTheSameNames() throws IOException {
        // those of APX are newer than many assemblers, and the bnd ones were withdrawn
        List<String> names = IntStream.rangeClosed(1, 42)
                .filter(type -> type < 39 || type > 40)
                .mapToObj(X86_64.INSTANCE::relocationName)
                .toList();

        Map<Integer, String> numbers = AssembledRelocations.of(folder, Tool.GCC, names);

        assertThat(numbers).hasSize(names.size());
        assertThat(numbers)
                .allSatisfy((type, name) ->
                        assertThat(X86_64.INSTANCE.relocationName(type)).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "0, R_X86_64_NONE, NONE",
        "1, R_X86_64_64, POINTER",
        "2, R_X86_64_PC32, ADDRESS",
        "4, R_X86_64_PLT32, BRANCH",
        "5, R_X86_64_COPY, COPY",
        "6, R_X86_64_GLOB_DAT, GLOB_DAT",
        "7, R_X86_64_JUMP_SLOT, JUMP_SLOT",
        "8, R_X86_64_RELATIVE, RELATIVE",
        "9, R_X86_64_GOTPCREL, SLOT",
        "11, R_X86_64_32S, ADDRESS",
        "19, R_X86_64_TLSGD, TLS",
        "37, R_X86_64_IRELATIVE, IRELATIVE",
        "41, R_X86_64_GOTPCRELX, SLOT",
        "42, R_X86_64_REX_GOTPCRELX, SLOT",
        "43, R_X86_64_CODE_4_GOTPCRELX, SLOT",
        "45, R_X86_64_CODE_4_GOTPC32_TLSDESC, TLS",
        "51, R_X86_64_CODE_6_GOTPC32_TLSDESC, TLS",
        "250, R_X86_64_GNU_VTINHERIT, OTHER",
        "52, type 52, OTHER",
        "-1, type 4294967295, OTHER"
    })
    void aTypeHasANameAndAUse(int type, String name, RelocationUse use) {
        assertThat(X86_64.INSTANCE.relocationName(type)).isEqualTo(name);
        assertThat(X86_64.INSTANCE.use(type)).isEqualTo(use);
    }
}
