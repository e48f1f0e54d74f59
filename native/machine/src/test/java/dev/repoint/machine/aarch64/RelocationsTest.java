package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.witness.AssembledRelocations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelocationsTest {

    private static final Set<Integer> UNKNOWN_TO_BINUTILS = Set.of(300, 303, 304, 305, 306, 307, 308, 520, 521, 522);

    @TempDir
    Path folder;

    @Test
    void theAssemblerHasTheSameNames() throws IOException {
        List<String> names = IntStream.concat(IntStream.rangeClosed(257, 312), IntStream.rangeClosed(512, 569))
                .filter(type -> !UNKNOWN_TO_BINUTILS.contains(type))
                .mapToObj(AArch64.INSTANCE::relocationName)
                .filter(name -> !name.startsWith("type"))
                .toList();

        Map<Integer, String> numbers = AssembledRelocations.of(folder, Tool.AARCH64_GCC, names);

        assertThat(numbers).hasSize(names.size());
        assertThat(numbers)
                .allSatisfy((type, name) ->
                        assertThat(AArch64.INSTANCE.relocationName(type)).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "0, R_AARCH64_NONE, NONE",
        "257, R_AARCH64_ABS64, POINTER",
        "261, R_AARCH64_PREL32, ADDRESS",
        "275, R_AARCH64_ADR_PREL_PG_HI21, NONE",
        "277, R_AARCH64_ADD_ABS_LO12_NC, ADDRESS",
        "279, R_AARCH64_TSTBR14, BRANCH",
        "280, R_AARCH64_CONDBR19, BRANCH",
        "281, type 281, OTHER",
        "282, R_AARCH64_JUMP26, BRANCH",
        "283, R_AARCH64_CALL26, BRANCH",
        "286, R_AARCH64_LDST64_ABS_LO12_NC, ADDRESS",
        "299, R_AARCH64_LDST128_ABS_LO12_NC, ADDRESS",
        "311, R_AARCH64_ADR_GOT_PAGE, NONE",
        "312, R_AARCH64_LD64_GOT_LO12_NC, SLOT",
        "512, R_AARCH64_TLSGD_ADR_PREL21, TLS",
        "569, R_AARCH64_TLSDESC_CALL, TLS",
        "1025, R_AARCH64_GLOB_DAT, GLOB_DAT",
        "1026, R_AARCH64_JUMP_SLOT, JUMP_SLOT",
        "1027, R_AARCH64_RELATIVE, RELATIVE",
        "1032, R_AARCH64_IRELATIVE, IRELATIVE",
        "-1, type 4294967295, OTHER"
    })
    void aTypeHasANameAndAUse(int type, String name, RelocationUse use) {
        assertThat(AArch64.INSTANCE.relocationName(type)).isEqualTo(name);
        assertThat(AArch64.INSTANCE.use(type)).isEqualTo(use);
    }
}
