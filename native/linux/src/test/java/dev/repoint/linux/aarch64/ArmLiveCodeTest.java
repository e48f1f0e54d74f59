package dev.repoint.linux.aarch64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code of the own process on AArch64: what the assembler and the linker make of the same text.
class ArmLiveCodeTest {

    private static final ArmLiveCode CODE = ArmLiveCode.INSTANCE;
    private static final long PLACE = 0x7f00_1234_5000L;
    private static final long VENEER = PLACE + 0x100_0000;
    private static final int NOP = 0xd503201f; // nop

    @TempDir
    Path folder;

    @Test
    void emittedCodeIsWhatTheAssemblerMakes() throws IOException {
        Tool.AARCH64_OBJDUMP.required();
        assertThat(CODE.gate()).isEqualTo(linked("bti c\nbrk #0x5250\n", 0));
        assertThat(CODE.veneer(new Outcome.To(0x1122_3344_5566_7788L), PLACE))
                .isEqualTo(linked("ldr x16, .+8\nbr x16\n.quad 0x1122334455667788\n", 0));
        for (long word : List.of(PLACE + 0x3458, PLACE - 0x4000_0000, PLACE + 0x4000_0ff8)) {
            assertThat(CODE.entries().approach(PLACE, word))
                    .isEqualTo(linked("adrp x16, other\nldr x16, [x16, #:lo12:other]\nbr x16\n", word));
        }
        EntrySite entry = new EntrySite(PLACE, 4, Integer.toUnsignedLong(NOP), new int[0], new long[1]);
        for (long target : List.of(PLACE + 4, PLACE - 0x800_0000, PLACE + 0x7ff_fffc)) {
            assertThat(word((int) CODE.entries().jump(entry, target))).isEqualTo(linked("b other\n", target));
        }
        assertThatThrownBy(() -> CODE.entries().jump(entry, PLACE + 0x800_0000))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aSiteBecomesWhatMayChangeUnderThreads() throws IOException, OutOfRange {
        Tool.AARCH64_OBJDUMP.required();
        assertThat(encode(SiteKind.CALL, new Outcome.To(PLACE + 64))).isEqualTo(linked("bl other\n", PLACE + 64));
        assertThat(encode(SiteKind.CALL, new Outcome.Nothing())).isEqualTo(word(NOP));
        assertThat(encode(SiteKind.CALL, new Outcome.Zero())).isEqualTo(linked("bl other\n", VENEER));
        assertThat(encode(SiteKind.JUMP, new Outcome.To(PLACE + 64))).isEqualTo(linked("b other\n", PLACE + 64));
        assertThat(encode(SiteKind.JUMP, new Outcome.Nothing())).isEqualTo(linked("b other\n", VENEER));
        assertThat(encode(SiteKind.JUMP, new Outcome.Zero())).isEqualTo(linked("b other\n", VENEER));
        assertThat(encode(SiteKind.CALL, new Outcome.To(0x1000))).isEqualTo(linked("bl other\n", VENEER));
    }

    @Test
    void aConditionalSiteIsRefusedWithTheReason() {
        assertThatExceptionOfType(OutOfRange.class)
                .isThrownBy(() -> encode(SiteKind.CONDITIONAL_JUMP, new Outcome.To(PLACE + 64)))
                .withMessageContaining("b, bl, nop")
                .withMessageContaining("repoint patch");
    }

    private static byte[] encode(SiteKind kind, Outcome outcome) throws OutOfRange {
        return CODE.encode(new Instruction.Branch(kind, PLACE, 4, 0), word(NOP), outcome, (_, _, _) -> VENEER);
    }

    /// @param other the address of the symbol of that name
    private byte[] linked(String text, long other) throws IOException {
        Files.writeString(folder.resolve("code.s"), ".arch armv8.5-a\n.globl _start\n_start:\n" + text);
        Run.succeeding(folder, List.of("aarch64-linux-gnu-as", "-o", "code.o", "code.s"));
        Run.succeeding(
                folder,
                List.of(
                        "aarch64-linux-gnu-ld",
                        "-Ttext=0x" + Long.toHexString(PLACE),
                        "--defsym=other=0x" + Long.toHexString(other),
                        "-o",
                        "code",
                        "code.o"));
        Run.succeeding(folder, List.of("aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", "code", "code.bin"));
        return Files.readAllBytes(folder.resolve("code.bin"));
    }

    private static byte[] word(int word) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array();
    }
}
