package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.witness.HexCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table "what a site becomes". The target is at 0x2000, the veneer for nothing at 0x3000, the one for zero
/// at 0x4000.
class SiteWriterTest {

    private static final Outcome TARGET = new Outcome.To(0x2000);

    @ParameterizedTest
    @CsvSource({
        // old, another function, nothing, zero
        "e8 | 10 00 00 00, e8 fb 0f 00 00, 0f 1f 44 00 00, 2e 2e 48 31 c0",
        "e9 | 10 00 00 00, e9 fb 0f 00 00, c3 cc cc cc cc, e9 fb 2f 00 00",
        "0f 85 | 10 00 00 00, 0f 85 fa 0f 00 00, 0f 85 fa 1f 00 00, 0f 85 fa 2f 00 00",
        "ff 15 | 10 00 00 00, 67 e8 fa 0f 00 00, 66 66 0f 1f 40 00, 2e 2e 2e 2e 31 c0",
        "ff 25 | 10 00 00 00, e9 fb 0f 00 00 90, c3 cc cc cc cc cc, e9 fb 2f 00 00 90"
    })
    void aSiteBecomesWhatTheTableSays(String old, String target, String nothing, String zero) throws OutOfRange {
        assertThat(encoded(old, TARGET)).isEqualTo(target);
        assertThat(encoded(old, new Outcome.Nothing())).isEqualTo(nothing);
        assertThat(encoded(old, new Outcome.Zero())).isEqualTo(zero);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e8 | 10 00 00 00", "67 e8 | 10 00 00 00", "f2 e8 | 10 00 00 00", "66 66 48 e8 | 10 00 00 00",
                "e8 | 10 00 00 00 90", "e9 | 10 00 00 00", "e9 | 10 00 00 00 90", "e9 10 | 00 00 00 90",
                "0f 8f | 10 00 00 00", "ff 15 | 10 00 00 00", "ff 25 | 10 00 00 00", "ff 25 | 10 00 00 00 90"
            })
    void everyFormIsKnownAgainAndRestoredExactly(String text) throws OutOfRange {
        HexCode original = HexCode.of(text);
        Instruction site = X86_64.INSTANCE.at(original.code(), original.field());
        for (Outcome first : new Outcome[] {TARGET, new Outcome.Nothing(), new Outcome.Zero()}) {
            for (Outcome second : new Outcome[] {TARGET, new Outcome.Nothing(), new Outcome.Zero()}) {
                HexCode code = HexCode.of(text);
                write(code, site, X86_64.INSTANCE.encode(site, old(code, site), first, SiteWriterTest::veneer));
                assertDoes(first, X86_64.INSTANCE.at(code.code(), code.field()));

                write(code, site, X86_64.INSTANCE.encode(site, old(code, site), second, SiteWriterTest::veneer));
                assertDoes(second, X86_64.INSTANCE.at(code.code(), code.field()));

                write(code, site, X86_64.INSTANCE.restore(site, old(code, site)));
                assertThat(all(code)).isEqualTo(all(original));
            }
        }
    }

    @Test
    void whatIsFoundEmptiedIsWrittenAsWhatItWas() throws OutOfRange {
        Instruction emptied = new Emptied(SiteKind.CALL, 0x1000, 5, new Outcome.Nothing());

        assertThat(X86_64.INSTANCE.encode(emptied, HexCode.bytes("0f 1f 44 00 00"), TARGET, VeneerSource.NONE))
                .isEqualTo(HexCode.bytes("e8 fb 0f 00 00"));
    }

    @ParameterizedTest
    @CsvSource({
        "e8 00 00 00 00, 0x80001004, e8 ff ff ff 7f", // the farthest forwards
        "e8 00 00 00 00, -0x7fffeffb, e8 00 00 00 80" // the farthest backwards
    })
    void theFarthestTargetsAreReached(String old, long target, String expected) throws OutOfRange {
        assertThat(call(old, target, VeneerSource.NONE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0x80001005", "-0x7fffeffc"})
    void aTargetOneByteFartherAsksForAVeneer(long target) throws OutOfRange {
        VeneerSource veneers = (outcome, lowest, highest) -> {
            assertThat(outcome).isEqualTo(new Outcome.To(target));
            assertThat(lowest).isEqualTo(0x1005L - 0x8000_0000L);
            assertThat(highest).isEqualTo(0x1005L + 0x7fff_ffffL);
            return 0x2000;
        };

        assertThat(call("e8 00 00 00 00", target, veneers)).isEqualTo("e8 fb 0f 00 00");
        assertThatThrownBy(() -> call("e8 00 00 00 00", target, VeneerSource.NONE))
                .isInstanceOf(OutOfRange.class);
    }

    @Test
    void aShortJumpHasNoRoom() {
        Instruction site = new Branch(SiteKind.JUMP, 0x1000, 2, 0x1010);

        assertThatThrownBy(() -> X86_64.INSTANCE.encode(site, HexCode.bytes("eb 0e"), TARGET, VeneerSource.NONE))
                .isInstanceOf(OutOfRange.class)
                .hasMessage("the jump at 0x1000 is a short one of 2 bytes: there is no room for another target");
    }

    @Test
    void aDefaultOutOfReachIsNotPutBack() {
        Instruction original = new PointerBranch(SiteKind.POINTER_CALL, 0x1000, 6, 0x1_0000_0000L);

        assertThatThrownBy(() -> X86_64.INSTANCE.restore(original, HexCode.bytes("67 e8 00 00 00 00")))
                .isInstanceOf(OutOfRange.class)
                .hasMessage("the pointer-call at 0x1000 does not reach 0x100000000: that is 0xfffff000 away, "
                        + "and it reaches 2 GiB");
    }

    @Test
    void whatIsOnlyReportedIsNotWritten() {
        Instruction site = new Reference(SiteKind.ADDRESS, 0x1000, 7, 0x2000);

        assertThatThrownBy(() -> X86_64.INSTANCE.encode(site, new byte[7], TARGET, VeneerSource.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address at 0x1000 is not written as an instruction");
    }

    @Test
    void bytesOfAnotherLengthAreRefused() {
        Instruction site = new Branch(SiteKind.CALL, 0x1000, 5, 0x1010);

        assertThatThrownBy(() -> X86_64.INSTANCE.encode(site, new byte[6], TARGET, VeneerSource.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a call has 5 bytes, not 5 and 6");
    }

    private static String call(String old, long target, VeneerSource veneers) throws OutOfRange {
        Instruction site = new Branch(SiteKind.CALL, 0x1000, 5, 0x1005);
        return HexCode.text(X86_64.INSTANCE.encode(site, HexCode.bytes(old), new Outcome.To(target), veneers));
    }

    private static String encoded(String text, Outcome outcome) throws OutOfRange {
        HexCode code = HexCode.of(text);
        Instruction site = X86_64.INSTANCE.at(code.code(), code.field());
        return HexCode.text(X86_64.INSTANCE.encode(site, old(code, site), outcome, SiteWriterTest::veneer));
    }

    private static void assertDoes(Outcome outcome, Instruction found) {
        switch (found) {
            case Branch branch ->
                assertThat(branch.destination())
                        .isEqualTo(
                                switch (outcome) {
                                    case Outcome.To(long target) -> target;
                                    case Outcome.Nothing(), Outcome.Zero() -> veneer(outcome, 0, 0);
                                });
            case Emptied emptied -> assertThat(emptied.outcome()).isEqualTo(outcome);
            case PointerBranch pointer -> throw new AssertionError(pointer);
            case Reference reference -> throw new AssertionError(reference);
        }
    }

    private static long veneer(Outcome outcome, long lowest, long highest) {
        return switch (outcome) {
            case Outcome.Nothing() -> 0x3000;
            case Outcome.Zero() -> 0x4000;
            case Outcome.To to -> throw new AssertionError(to);
        };
    }

    private static byte[] old(HexCode code, Instruction site) {
        return code.code().copy(site.address(), site.length());
    }

    private static void write(HexCode code, Instruction site, byte[] bytes) {
        byte[] all = (byte[]) code.code().bytes().heapBase().orElseThrow();
        System.arraycopy(bytes, 0, all, (int) (site.address() - HexCode.ADDRESS), bytes.length);
    }

    private static String all(HexCode code) {
        return HexCode.text(code.code().copy(HexCode.ADDRESS, (int) code.code().size()));
    }
}
