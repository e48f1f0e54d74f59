package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.witness.HexCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table "what a site becomes". The site is at 0x1000, the target at 0x2000, the veneer at 0x3000.
class SiteWriterTest {

    private static final Outcome TARGET = new Outcome.To(0x2000);
    private static final VeneerSource VENEERS = (outcome, lowest, highest) -> 0x3000;

    @ParameterizedTest
    @CsvSource({
        // old, another function, nothing, zero
        "04 00 00 94, 00 04 00 94, 1f 20 03 d5, e0 03 1f aa", // bl: bl, nop, mov x0, xzr
        "04 00 00 14, 00 04 00 14, c0 03 5f d6, 00 08 00 14", // b: b, ret, b
        "81 00 00 54, 01 80 00 54, 01 00 01 54, 01 00 01 54", // b.ne
        "83 00 00 b5, 03 80 00 b5, 03 00 01 b5, 03 00 01 b5", // cbnz x3
        "80 00 18 36, 00 80 18 36, 00 00 19 36, 00 00 19 36" // tbz w0, #3
    })
    void aSiteBecomesWhatTheTableSays(String old, String target, String nothing, String zero) throws OutOfRange {
        assertThat(encoded(old, TARGET)).isEqualTo(target);
        assertThat(encoded(old, new Outcome.Nothing())).isEqualTo(nothing);
        assertThat(encoded(old, new Outcome.Zero())).isEqualTo(zero);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00 94",
                "ff ff ff 97",
                "04 00 00 14",
                "81 00 00 54",
                "e0 ff ff 34",
                "80 00 18 36",
                "e1 ff ff b7"
            })
    void everyFormIsRestoredExactly(String old) throws OutOfRange {
        Instruction original = AArch64.INSTANCE.at(HexCode.of(old).code(), HexCode.ADDRESS);
        for (Outcome outcome : new Outcome[] {TARGET, new Outcome.Nothing(), new Outcome.Zero()}) {
            byte[] now = AArch64.INSTANCE.encode(original, HexCode.bytes(old), outcome, VENEERS);
            assertThat(HexCode.text(now)).isNotEqualTo(old);

            assertThat(HexCode.text(AArch64.INSTANCE.restore(original, now))).isEqualTo(old);
        }
    }

    @Test
    void whatIsFoundEmptiedIsWrittenAsWhatItWas() throws OutOfRange {
        Instruction emptied = new Emptied(SiteKind.JUMP, 0x1000, 4, new Outcome.Nothing());

        assertThat(AArch64.INSTANCE.encode(emptied, HexCode.bytes("c0 03 5f d6"), TARGET, VENEERS))
                .isEqualTo(HexCode.bytes("00 04 00 14"));
    }

    @ParameterizedTest
    @CsvSource({
        "04 00 00 94, 0x8000ffc, ff ff ff 95", // bl
        "04 00 00 94, -0x7fff000, 00 00 00 96",
        "81 00 00 54, 0x100ffc, e1 ff 7f 54", // b.ne
        "81 00 00 54, -0xff000, 01 00 80 54",
        "80 00 18 36, 0x8ffc, e0 ff 1b 36", // tbz w0, #3
        "80 00 18 36, -0x7000, 00 00 1c 36"
    })
    void theFarthestTargetsAreReached(String old, long target, String expected) throws OutOfRange {
        assertThat(HexCode.text(encode(old, new Outcome.To(target), VeneerSource.NONE)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "04 00 00 94, 0x8001000, -0x7fff000, 0x8000ffc",
        "04 00 00 94, -0x7fff004, -0x7fff000, 0x8000ffc",
        "81 00 00 54, 0x101000, -0xff000, 0x100ffc",
        "80 00 18 36, 0x9000, -0x7000, 0x8ffc",
        "04 00 00 94, 0x2002, -0x7fff000, 0x8000ffc" // between two instructions
    })
    void aTargetOutOfReachAsksForAVeneer(String old, long target, long lowest, long highest) throws OutOfRange {
        List<Object> asked = new ArrayList<>();
        byte[] bytes = encode(old, new Outcome.To(target), (outcome, low, high) -> {
            asked.addAll(List.of(outcome, low, high));
            return 0x2000;
        });

        assertThat(asked).containsExactly(new Outcome.To(target), lowest, highest);
        assertThat(bytes).isEqualTo(encode(old, TARGET, VeneerSource.NONE));
        assertThatThrownBy(() -> encode(old, new Outcome.To(target), VeneerSource.NONE))
                .isInstanceOf(OutOfRange.class);
    }

    @Test
    void aVeneerOutOfReachIsRefused() {
        assertThatThrownBy(() -> encode("80 00 18 36", new Outcome.Nothing(), (_, _, _) -> 0x100000))
                .isInstanceOf(OutOfRange.class)
                .hasMessage("the conditional-jump at 0x1000 does not reach 0x100000: that is 0xff000 away, "
                        + "and it reaches 32 KiB in steps of 4 bytes");
    }

    @Test
    void whatIsOnlyReportedIsNotWritten() {
        Instruction site = new Reference(SiteKind.ADDRESS, 0x1000, 4, 0x2000);

        assertThatThrownBy(() -> AArch64.INSTANCE.encode(site, new byte[4], TARGET, VENEERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address at 0x1000 is not written as an instruction");
    }

    @Test
    void bytesOfAnotherInstructionAreRefused() {
        Instruction site = new Branch(SiteKind.CONDITIONAL_JUMP, 0x1000, 4, 0x1010);

        assertThatThrownBy(() -> AArch64.INSTANCE.encode(site, HexCode.bytes("1f 20 03 d5"), TARGET, VENEERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no conditional branch: 0xd503201f");
        assertThatThrownBy(() -> AArch64.INSTANCE.restore(site, new byte[8]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a conditional-jump has 4 bytes, not 4 and 8");
    }

    private static String encoded(String old, Outcome outcome) throws OutOfRange {
        return HexCode.text(encode(old, outcome, VENEERS));
    }

    private static byte[] encode(String old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        Instruction site = AArch64.INSTANCE.at(HexCode.of(old).code(), HexCode.ADDRESS);
        return AArch64.INSTANCE.encode(site, HexCode.bytes(old), outcome, veneers);
    }
}
