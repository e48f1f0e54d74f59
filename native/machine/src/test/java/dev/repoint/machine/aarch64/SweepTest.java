package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.witness.HexCode;
import dev.repoint.machine.witness.SweepWitness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

    @Test
    void callsAndBranchesOutOfTheFunctionAreTold() {
        List<Instruction> found = new ArrayList<>();
        boolean whole = AArch64.INSTANCE.sweep(HexCode.of("""
            40 00 00 54
            00 00 00 94
            00 00 00 b0
            00 40 00 91
            00 40 00 91
            01 00 00 b0
            21 0c 40 f9
            20 00 3f d6
            22 0c 40 f9
            c0 ff ff b4
            41 00 10 36
            00 01 00 14
            """.replace("\n", "")).code(), found::add);

        assertThat(whole).isTrue();
        assertThat(found)
                .containsExactly(
                        new Branch(SiteKind.CALL, 0x1004, 4, 0x1004), // bl
                        new Reference(SiteKind.ADDRESS, 0x100c, 4, 0x2010), // adrp x0; add x0, x0, #16
                        new Reference(SiteKind.POINTER_LOAD, 0x1018, 4, 0x2018), // adrp x1; ldr x1, [x1, #24]
                        new Branch(SiteKind.CONDITIONAL_JUMP, 0x1028, 4, 0x1030), // tbz to the end
                        new Branch(SiteKind.JUMP, 0x102c, 4, 0x142c)); // b
    }

    @Test
    void aPageIsForgottenWhereItsRegisterIsWritten() {
        List<Instruction> found = new ArrayList<>();
        boolean whole = AArch64.INSTANCE.sweep(HexCode.of("""
            00 00 00 b0
            e0 03 01 aa
            00 40 00 91
            02 00 00 b0
            41 08 40 a9
            40 0c 40 f9
            03 00 00 b0
            63 84 40 f8
            60 0c 40 f9
            """.replace("\n", "")).code(), found::add);

        assertThat(whole).isTrue();
        // adrp x0; mov x0, x1; add. adrp x2; ldp x1, x2, [x2]; ldr x0, [x2]. adrp x3; ldr x3, [x3], #8; ldr x0, [x3]
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1f 20 03 d5 00 00 00 00", // udf
                "1f 20 03 d5 00 00 00 02", // not allocated
                "1f 20 03 d5 00 00 00 06", // not allocated
                "1f 20 03 d5 00 00 00 74", // compare and branch, of extensions not known here
                "1f 20 03 d5 1f 20" // not whole
            })
    void whatIsNotKnownForCertainIsRefused(String bytes) {
        assertThat(AArch64.INSTANCE.sweep(HexCode.of(bytes).code(), _ -> {})).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1f 20 03 d5 00 00 00 00 1f 20 03 d5, true",
        "00 00, true",
        "1f 20 03 d5 1f, false",
        "c0 03 5f d6, false"
    })
    void nopsAndZerosArePadding(String bytes, boolean padding) {
        assertThat(AArch64.INSTANCE.isPadding(HexCode.of(bytes).code())).isEqualTo(padding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libc.so.6", "libm.so.6", "libstdc++.so.6"})
    void everyFunctionOfARealFileIsDecodedAsObjdumpDecodesIt(String name) throws IOException {
        Path file = Path.of("/usr/aarch64-linux-gnu/lib", name);
        Assumptions.assumeTrue(Files.exists(file), file + " is missing: install the package libstdc++6-arm64-cross");

        SweepWitness witness = SweepWitness.of(file);

        assertThat(witness.differences()).isEmpty();
        assertThat(witness.functions()).isGreaterThan(100);
        assertThat(witness.calls()).isGreaterThan(1000);
        assertThat(witness.undecoded()).as("not decoded").isZero();
    }
}
