package dev.repoint.machine.trap.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.Emulation.Kind;
import org.junit.jupiter.api.Test;

/// What the bytes of sites do.
class SiteEmulationTest {

    private static final Architecture X86_64 = Architectures.of(ElfMachine.X86_64);
    private static final long PLACE = 0x401000;
    private static final long TARGET = 0x402040;
    private static final long VENEER = 0x403000;
    private static final byte[] JNE = {0x0f, (byte) 0x85, 0, 0, 0, 0};

    @Test
    void aDirectCallAndAJumpGoToTheirTargets() throws OutOfRange {
        assertThat(of(new Branch(SiteKind.CALL, PLACE, 5, 0), new Outcome.To(TARGET)))
                .isEqualTo(new Emulation(Kind.CALL, 0, TARGET));
        assertThat(of(new Branch(SiteKind.JUMP, PLACE, 5, 0), new Outcome.To(TARGET)))
                .isEqualTo(Emulation.jump(TARGET));
        assertThat(of(new PointerBranch(SiteKind.POINTER_CALL, PLACE, 6, 0), new Outcome.To(TARGET)))
                .isEqualTo(new Emulation(Kind.CALL, 0, TARGET));
        assertThat(of(new PointerBranch(SiteKind.POINTER_JUMP, PLACE, 6, 0), new Outcome.To(TARGET)))
                .isEqualTo(Emulation.jump(TARGET));
    }

    @Test
    void distancesMayBeNegative() throws OutOfRange {
        assertThat(of(new Branch(SiteKind.CALL, PLACE, 5, 0), new Outcome.To(0x1000)))
                .isEqualTo(new Emulation(Kind.CALL, 0, 0x1000));
    }

    @Test
    void aConditionalJumpKeepsItsCondition() throws OutOfRange {
        assertThat(of(new Branch(SiteKind.CONDITIONAL_JUMP, PLACE, 6, 0), new Outcome.To(TARGET)))
                .isEqualTo(new Emulation(Kind.CONDITIONAL_JUMP, 5, TARGET));
        assertThat(of(new Branch(SiteKind.CONDITIONAL_JUMP, PLACE, 6, 0), new Outcome.Zero()))
                .isEqualTo(new Emulation(Kind.CONDITIONAL_JUMP, 5, VENEER));
        for (int condition = 0; condition < 16; condition++) {
            Emulation each = SiteEmulation.of(0x0f | 0x80 + condition << 8, 6, PLACE);
            assertThat(each).isEqualTo(new Emulation(Kind.CONDITIONAL_JUMP, condition, PLACE + 6));
            assertThat(each.code()).isEqualTo(16 + condition);
        }
    }

    @Test
    void everythingThatASiteBecomesIsKnown() throws OutOfRange {
        Outcome nothing = new Outcome.Nothing();
        Outcome zero = new Outcome.Zero();
        assertThat(of(new Branch(SiteKind.CALL, PLACE, 5, 0), nothing)).isEqualTo(Emulation.still(Kind.NOTHING));
        assertThat(of(new Branch(SiteKind.CALL, PLACE, 5, 0), zero)).isEqualTo(Emulation.still(Kind.ZERO));
        assertThat(of(new Branch(SiteKind.JUMP, PLACE, 5, 0), nothing)).isEqualTo(Emulation.still(Kind.RETURN));
        assertThat(of(new Branch(SiteKind.JUMP, PLACE, 5, 0), zero)).isEqualTo(Emulation.jump(VENEER));
        assertThat(of(new PointerBranch(SiteKind.POINTER_CALL, PLACE, 6, 0), nothing))
                .isEqualTo(Emulation.still(Kind.NOTHING));
        assertThat(of(new PointerBranch(SiteKind.POINTER_CALL, PLACE, 6, 0), zero))
                .isEqualTo(Emulation.still(Kind.ZERO));
        assertThat(of(new PointerBranch(SiteKind.POINTER_JUMP, PLACE, 6, 0), nothing))
                .isEqualTo(Emulation.still(Kind.RETURN));
        assertThat(of(new PointerBranch(SiteKind.POINTER_JUMP, PLACE, 6, 0), zero))
                .isEqualTo(Emulation.jump(VENEER));
    }

    @Test
    void theFormsBeforeAPatchReadTheirPointers() throws OutOfRange {
        byte[] call = X86_64.restore(new PointerBranch(SiteKind.POINTER_CALL, PLACE, 6, TARGET), new byte[6]);
        assertThat(SiteEmulation.of(word(call), 6, PLACE)).isEqualTo(new Emulation(Kind.POINTER_CALL, 0, TARGET));
        byte[] jump = X86_64.restore(new PointerBranch(SiteKind.POINTER_JUMP, PLACE, 6, TARGET), new byte[6]);
        assertThat(SiteEmulation.of(word(jump), 6, PLACE)).isEqualTo(new Emulation(Kind.POINTER_JUMP, 0, TARGET));
    }

    @Test
    void whatIsSeveralInstructionsOrNoneIsNotKnown() {
        assertThat(SiteEmulation.of(0x9090909090L, 5, PLACE))
                .as("nops of one byte")
                .isNull();
        assertThat(SiteEmulation.of(0x90909090c3L, 5, PLACE)).as("ret and nops").isNull();
        assertThat(SiteEmulation.of(0xcc00000000e9L, 6, PLACE))
                .as("jmp and int3")
                .isNull();
        assertThat(SiteEmulation.of(0x00000000e8L, 4, PLACE)).as("too short").isNull();
        assertThat(SiteEmulation.of(0xccL, 5, PLACE)).as("a breakpoint").isNull();
    }

    @Test
    void theKindsHaveTheNumbersThatTheHandlerKnows() {
        assertThat(Emulation.still(Kind.CALL).code()).isZero();
        assertThat(Emulation.jump(TARGET).code()).isEqualTo(1);
        assertThat(Emulation.still(Kind.RETURN).code()).isEqualTo(6);
    }

    private static Emulation of(Instruction site, Outcome outcome) throws OutOfRange {
        byte[] old = site.kind() == SiteKind.CONDITIONAL_JUMP ? JNE : new byte[site.length()];
        byte[] bytes = X86_64.encode(site, old, outcome, (_, _, _) -> VENEER);
        return SiteEmulation.of(word(bytes), bytes.length, PLACE);
    }

    private static long word(byte[] bytes) {
        long word = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            word = word << 8 | bytes[i] & 0xff;
        }
        return word;
    }
}
