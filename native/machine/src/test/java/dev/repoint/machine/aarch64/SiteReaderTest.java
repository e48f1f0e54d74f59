package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.witness.HexCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes of a word stand in the order of memory: `04 00 00 94` is the word 94000004.
class SiteReaderTest {

    @ParameterizedTest
    @CsvSource({
        "CALL, 04 00 00 94, 0x1010", // bl
        "CALL, ff ff ff 97, 0xffc", // bl backwards
        "CALL, 00 00 00 96, -0x7fff000", // the farthest bl backwards
        "JUMP, ff ff ff 15, 0x8000ffc", // the farthest b forwards
        "CONDITIONAL_JUMP, 80 00 00 54, 0x1010", // b.eq
        "CONDITIONAL_JUMP, 90 00 00 54, 0x1010", // bc.eq
        "CONDITIONAL_JUMP, e0 ff ff 34, 0xffc", // cbz w0
        "CONDITIONAL_JUMP, 83 00 00 b5, 0x1010", // cbnz x3
        "CONDITIONAL_JUMP, 00 00 80 54, -0xff000", // the farthest b.eq backwards
        "CONDITIONAL_JUMP, 80 00 18 36, 0x1010", // tbz w0, #3
        "CONDITIONAL_JUMP, e1 ff ff b7, 0xffc", // tbnz x1, #63
        "CONDITIONAL_JUMP, e0 ff 03 36, 0x8ffc" // the farthest tbz forwards
    })
    void aBranchIsRead(SiteKind kind, String bytes, long destination) {
        assertThat(at(bytes)).isEqualTo(new Branch(kind, 0x1000, 4, destination));
    }

    @ParameterizedTest
    @CsvSource({
        "1f 20 03 d5, CALL, false", // nop
        "e0 03 1f aa, CALL, true", // mov x0, xzr
        "c0 03 5f d6, JUMP, false" // ret
    })
    void whatWasEmptiedTellsWhatItWas(String bytes, SiteKind kind, boolean zero) {
        Outcome outcome = zero ? new Outcome.Zero() : new Outcome.Nothing();

        assertThat(at(bytes)).isEqualTo(new Emptied(kind, 0x1000, 4, outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "20 00 00 10, ADDRESS, 0x1000, 0x1004", // adr x0, .+4
        "e0 ff ff 70, ADDRESS, 0x1000, 0xfff", // adr x0, .-1
        "00 01 00 58, POINTER_LOAD, 0x1000, 0x1020", // ldr x0, .+32
        "00 00 00 b0 | 00 40 00 91, ADDRESS, 0x1004, 0x2010", // adrp x0, 0x2000; add x0, x0, #0x10
        "01 00 00 b0 | 20 0c 40 f9, POINTER_LOAD, 0x1004, 0x2018", // adrp x1, 0x2000; ldr x0, [x1, #24]
        "01 00 00 b0 1f 20 03 d5 02 00 00 d0 | 20 0c 40 f9, POINTER_LOAD, 0x100c, 0x2018" // others between
    })
    void aReferenceIsRead(String bytes, SiteKind kind, long address, long destination) {
        assertThat(at(bytes)).isEqualTo(new Reference(kind, address, 4, destination));
    }

    @Test
    void anAdrThatALinkerMadeOfAdrpCountsAsPage() {
        // adr x0, 0x2000; add x0, x0, #0x10: what the workaround of erratum 843419 leaves
        assertThat(at("00 80 00 10 | 00 40 00 91")).isEqualTo(new Reference(SiteKind.ADDRESS, 0x1004, 4, 0x2010));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 00 90", // adrp x0: the page alone says nothing
                "00 40 00 91", // add x0, x0, #16, and no adrp
                "20 80 00 10 | 00 40 00 91", // adr x0, 0x2004; add: no page
                "01 00 00 b0 | 00 0c 40 f9", // adrp x1; ldr x0, [x0, #24]: another register
                "01 00 00 b0 | 20 0c 00 f9", // adrp x1; str x0, [x1, #24]
                "01 00 00 b0 | 20 0c 40 b9", // adrp x1; ldr w0, [x1, #12]: no pointer
                "00 00 3f d6", // blr x0
                "04 00 00", // not whole
                "02 00 00 14 1f 20 03 d5 20 0c 40 f9 fe ff ff 17" // b to a load that is followed by b back: an erratum
            })
    void whatUsesNoFunctionIsNoInstructionOfInterest(String bytes) {
        assertThat(at(bytes)).isNull();
    }

    private static Instruction at(String bytes) {
        HexCode hex = HexCode.of(bytes);
        return AArch64.INSTANCE.at(hex.code(), hex.field());
    }
}
