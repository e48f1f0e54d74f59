package dev.repoint.linux.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes are those that the assembler makes.
class ArmCodesTest {

    @TempDir
    Path folder;

    /// What the assembler makes of a text, as hexadecimal words.
    private String assembled(String text) throws IOException {
        Tool.AARCH64_OBJDUMP.required();
        Files.writeString(folder.resolve("code.s"), text);
        Run.succeeding(folder, List.of("aarch64-linux-gnu-gcc", "-march=armv8.5-a", "-c", "code.s", "-o", "code.o"));
        StringBuilder words = new StringBuilder();
        for (String line : Run.succeeding(folder, List.of("aarch64-linux-gnu-objdump", "-s", "-j", ".text", "code.o"))
                .lines()) {
            if (line.matches(" [0-9a-f]+ .*")) {
                words.append(line, 6, 41);
            }
        }
        return words.toString().replace(" ", "");
    }

    private static String hex(byte[] code) {
        return HexFormat.of().formatHex(code);
    }

    @Test
    void stepsAreMadeOneAfterTheOther() throws IOException {
        assertThat(hex(ArmCodes.steps())).isEqualTo(assembled("""
                mov x19, x0
                add x20, x0, #8
            next:
                ldp x8, x0, [x20]
                ldp x1, x2, [x20, #16]
                add x20, x20, #32
                tbnz x8, #63, word
                svc #0
                cbz x0, next
                b end
            word:
                cmn x8, #3
                b.eq end
            again:
                ldaxr x3, [x0]
                cmp x3, x1
                b.ne other
                stlxr w4, x2, [x0]
                cbnz w4, again
                b next
            other:
                clrex
                cmn x8, #2
                b.eq next
            end:
                stlr x20, [x19]
                sub sp, sp, #16
                mov x9, #0xe100
                movk x9, #0x5f5, lsl #16
                stp xzr, x9, [sp]
                mov x0, #0
                mov x1, #0
                mov x2, #0
                mov x3, #0
                mov x4, sp
                mov x5, #0
                mov x8, #72
                svc #0
                add sp, sp, #16
                ret
            """));
    }

    @Test
    void functionsAreCalledAndTheirResultsKept() throws IOException {
        assertThat(hex(ArmCodes.call())).isEqualTo(assembled("""
                stp x29, x30, [sp, #-16]!
                blr x19
                mov x21, x0
                ldp x29, x30, [sp], #16
                ret
            """));
        assertThat(hex(ArmCodes.load())).isEqualTo(assembled("""
                stp x29, x30, [sp, #-16]!
                blr x19
                mov x21, x0
                cbnz x0, over
                blr x20
                mov x22, x0
            over:
                ldp x29, x30, [sp], #16
                ret
            """));
    }

    @Test
    void callsLeadThroughWords() throws IOException {
        assertThat(hex(ArmCodes.through(0x1122334455667788L))).isEqualTo(assembled("""
                bti c
                ldr x16, word
                ldr x16, [x16]
                ret x16
            word:
                .xword 0x1122334455667788
            """));
        assertThat(hex(ArmCodes.throughTable(0x1122334455667788L, 5000))).isEqualTo(assembled("""
                bti c
                ldr x16, table
                ldr x17, offset
                ldr x16, [x16]
                ldr x16, [x16, x17]
                ret x16
            table:
                .xword 0x1122334455667788
            offset:
                .xword 40000
            """));
        int landingPad = 0xd503245f; // bti c
        assertThat(hex(ArmCodes.far(0x1122334455667788L, landingPad))).isEqualTo(assembled("""
                ldr x16, target
                br x16
            target:
                .xword 0x1122334455667788
            """));
        assertThat(hex(ArmCodes.far(0x1122334455667788L, 0))).isEqualTo(assembled("""
                ldr x16, target
                ret x16
            target:
                .xword 0x1122334455667788
            """));
    }

    @Test
    void gadgetsAreWhatTheKernelAndTheLibraryHave() throws IOException {
        assertThat(hex(ArmRemoteCode.INSTANCE.systemCallGadgets().getFirst())).isEqualTo(assembled("""
            svc #0
            ret
            """));
        assertThat(hex(ArmRemoteCode.INSTANCE.trampolineGadgets().getFirst())).isEqualTo(assembled("""
            mov x8, #139
            svc #0
            """));
    }
}
