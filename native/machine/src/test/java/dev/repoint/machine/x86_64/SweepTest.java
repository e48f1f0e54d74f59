package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.SweepListener;
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
        Swept swept = Swept.of("""
            74 04
            e8 00 00 00 00
            0f 84 f5 ff ff ff
            0f 85 00 10 00 00
            67 e8 00 00 00 00
            ff 15 00 01 00 00
            48 8d 05 00 01 00 00
            48 8b 05 00 01 00 00
            eb 7f
            e3 80
            ff 25 00 01 00 00
            e9 00 10 00 00
            """); // je and je stay inside

        assertThat(swept.whole).isTrue();
        assertThat(swept.found)
                .containsExactly(
                        new Branch(SiteKind.CALL, 0x1002, 5, 0x1007),
                        new Branch(SiteKind.CONDITIONAL_JUMP, 0x100d, 6, 0x2013),
                        new Branch(SiteKind.CALL, 0x1014, 5, 0x1019),
                        new PointerBranch(SiteKind.POINTER_CALL, 0x1019, 6, 0x111f),
                        new Reference(SiteKind.ADDRESS, 0x101f, 7, 0x1126),
                        new Reference(SiteKind.POINTER_LOAD, 0x1026, 7, 0x112d),
                        new Branch(SiteKind.JUMP, 0x102d, 2, 0x10ae),
                        new Branch(SiteKind.CONDITIONAL_JUMP, 0x102f, 2, 0xfb1),
                        new PointerBranch(SiteKind.POINTER_JUMP, 0x1031, 6, 0x1137),
                        new Branch(SiteKind.JUMP, 0x1037, 5, 0x203c));
        assertThat(swept.boundaries).startsWith(0x1000L, 0x1002L, 0x1007L, 0x100dL, 0x1013L, 0x1019L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90 06 90", // push %es, not in 64-bit mode
                "90 0f 04", // no instruction
                "90 66 e9 00 00", // jmp whose length depends on the processor
                "90 d5 00 90", // a prefix of extensions not known here
                "90 48 8b", // runs past the end
                "e8 00 00 00", // runs past the end
                "66 66 66 66 66 66 66 66 66 66 66 66 66 66 66 90", // longer than an instruction may be
                "48 66 90" // REX has to be the last prefix
            })
    void whatIsNotKnownForCertainIsRefused(String bytes) {
        assertThat(Swept.of(bytes).whole).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "66 66 2e 0f 1f 84 00 00 00 00 00, true",
        "90 cc cc 00 00 00 66 90 0f 1f 00, true",
        "90 90 c3, false",
        "31 c0, false",
        "0f 1f, false",
        "49 90, false",
        "90 0f 0b, false"
    })
    void nopsAndTrapsAndZerosArePadding(String bytes, boolean padding) {
        assertThat(X86_64.INSTANCE.isPadding(HexCode.of(bytes).code())).isEqualTo(padding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/bash", "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6"})
    void everyFunctionOfARealFileIsDecodedAsObjdumpDecodesIt(String name) throws IOException {
        Path file = Path.of(name);
        Assumptions.assumeTrue(Files.exists(file), name + " is missing");

        SweepWitness witness = SweepWitness.of(file);

        assertThat(witness.differences()).isEmpty();
        assertThat(witness.functions()).isGreaterThan(100);
        assertThat(witness.calls()).isGreaterThan(1000);
        assertThat(witness.undecoded()).as("not decoded").isLessThanOrEqualTo(witness.functions() / 1000);
    }

    private static final class Swept implements SweepListener {

        private final List<Long> boundaries = new ArrayList<>();
        private final List<Instruction> found = new ArrayList<>();
        private boolean whole;

        static Swept of(String bytes) {
            Swept swept = new Swept();
            swept.whole =
                    X86_64.INSTANCE.sweep(HexCode.of(bytes.replace("\n", "")).code(), swept);
            return swept;
        }

        @Override
        public void boundary(long address, int length) {
            boundaries.add(address);
        }

        @Override
        public void found(Instruction instruction) {
            found.add(instruction);
        }
    }
}
