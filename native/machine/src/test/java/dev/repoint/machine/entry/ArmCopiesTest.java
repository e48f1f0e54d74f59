package dev.repoint.machine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.witness.HexCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Copies of first instructions of AArch64, held against what the assembler makes of the assembly beside them,
/// and run beside their functions.
class ArmCopiesTest {

    @TempDir
    Path folder;

    /// `;` separates instructions. `x0` is the argument and the result; `far` is a macro for `adrp` and `add`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        AS_IT_IS  | add x0,x0,#1 ; back: ret | add x0,x0,#1 ; b back
        AS_IT_IS  | bti c; add x0,x0,#1 ; back: ret | bti c; add x0,x0,#1 ; b back
        AS_IT_IS  | paciasp; add x0,x0,#1 ; back: autiasp; ret | paciasp; add x0,x0,#1 ; b back
        AS_IT_IS  | stp x29,x30,[sp,#-16]! ; back: bl other; ldp x29,x30,[sp],#16; ret | stp x29,x30,[sp,#-16]! ; b back
        AS_IT_IS  | ret | ret
        REWRITTEN | adrp x1,data ; back: ldr x1,[x1,#:lo12:data]; add x0,x0,x1; ret | adrp x1,data ; b back
        REWRITTEN | adr x1,here ; back: ldr x1,[x1]; add x0,x0,x1; ret; here: .quad 77 | adrp x1,here; add x1,x1,#:lo12:here; b back
        REWRITTEN | ldr x1,here ; back: add x0,x0,x1; ret; here: .quad 78 | adrp x1,here; add x1,x1,#:lo12:here; ldr x1,[x1]; b back
        REWRITTEN | ldr w1,here ; back: add x0,x0,x1; ret; here: .quad -1 | adrp x1,here; add x1,x1,#:lo12:here; ldr w1,[x1]; b back
        REWRITTEN | ldrsw x1,here ; back: add x0,x0,x1; ret; here: .quad -5 | adrp x1,here; add x1,x1,#:lo12:here; ldrsw x1,[x1]; b back
        REWRITTEN | cbz x0,near ; back: add x0,x0,#9; near: ret | cbz x0,.+8; b .+8; b near; b back
        REWRITTEN | cbnz w0,near ; back: add x0,x0,#9; near: ret | cbnz w0,.+8; b .+8; b near; b back
        REWRITTEN | tbz x0,#33,near ; back: add x0,x0,#9; near: ret | tbz x0,#33,.+8; b .+8; b near; b back
        REWRITTEN | tbnz w0,#0,near ; back: add x0,x0,#9; near: ret | tbnz w0,#0,.+8; b .+8; b near; b back
        REWRITTEN | b.eq near ; back: nop; near: ret | b.eq .+8; b .+8; b near; b back
        REWRITTEN | b other | b other
        REWRITTEN | bti c; b other | bti c; b other
        AS_IT_IS  | prfm pldl1keep,here ; back: ret; here: .quad 1 | nop; b back
        """)
    void aCopyIsWhatTheAssemblerMakes(EntryMeans means, String function, String copy) throws IOException {
        Path program = program(function, copy);
        Assembled assembled = Assembled.of(program);
        EntryPatch patch = assembled.patch("f");
        MovedCopy moved = patch.copy(assembled.address("copy"));

        assertThat(patch.means()).isEqualTo(means);
        assertThat(HexCode.text(moved.bytes()))
                .isEqualTo(HexCode.text(assembled.bytes(moved.address(), moved.bytes().length)));
        assertThat(moved.end()).isEqualTo(assembled.address("end"));
        assertThat(moved.bytes()).hasSize(patch.copyLength());
        Tool.QEMU_AARCH64.required();
        assertThat(Run.succeeding(folder, List.of("qemu-aarch64", program.toString()))
                        .output())
                .isEqualTo("same\n");
    }

    /// With a signed return address, the target is reached behind what makes it plain again.
    @Test
    void theApproachOfASignedFunctionAuthenticates() throws IOException {
        Path program = program("""
            paciasp; add x0,x0,#1; autiasp; ret; .p2align 3; approach: autiasp; adrp x16,other; \
            add x16,x16,#:lo12:other; br x16\
            """, "paciasp; add x0,x0,#1; b f+8");
        Assembled assembled = Assembled.of(program);
        EntryPatch patch = assembled.patch("f");

        assertThat(patch.needsApproach()).isTrue();
        assertThat(patch.place()).isEqualTo(patch.entry() + 4);
        long approach = patch.entry() + 16;
        assertThat(HexCode.text(patch.approach(approach, assembled.address("other"))))
                .isEqualTo(HexCode.text(assembled.bytes(approach, 16)));
        assertThat(HexCode.text(patch.undoing())).isEqualTo(HexCode.text(assembled.bytes(approach, 4)));
        assertThat(patch.jump(approach).bytes()).isEqualTo(HexCode.bytes("03 00 00 14")); // b .+12
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LOOP_TO_ENTRY | f: ldxr w1,[x0]; cbnz w1,f; ret
        LOOP_TO_ENTRY | f: bti c; 1: ldxr w1,[x0]; cbnz w1,1b; ret
        UNKNOWN_BYTES | f: udf #0; ret
        NOT_MOVABLE   | f: ldr q0,here; ret; here: .quad 1,2
        """)
    void aFunctionIsRefusedWithTheReason(RefusalReason reason, String function) throws IOException {
        EntryVerdict verdict = Assembled.arm(folder, ".type f,%function\n" + function + "\n.size f,.-f\n")
                .judge("f");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        EntryVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"2, none, 0", "2, bti, 4", "4, none, 0"})
    void aPadIsUsed(String size, String protection, int place) throws IOException {
        Assembled library = Assembled.of(
                folder,
                Tool.AARCH64_GCC,
                ".c",
                "int f(int x) { return x + 1; }",
                "-O2",
                "-nostdlib",
                "-fpatchable-function-entry=" + size,
                "-mbranch-protection=" + protection);

        EntryPatch patch = library.patch("f");
        assertThat(patch.means()).isEqualTo(EntryMeans.PAD);
        assertThat(patch.place() - patch.entry()).isEqualTo(place);
        assertThat(patch.old()).isEqualTo(HexCode.bytes("1f 20 03 d5"));
    }

    /// A program that calls both, with arguments that matter.
    private Path program(String function, String copy) throws IOException {
        Tool.AARCH64_GCC.required();
        Path assembly = Files.writeString(folder.resolve("f.s"), """
            .text
            .globl f, copy
            .type f,%%function
            f: %s
            .size f,.-f
            .type other,%%function
            other: add x0,x0,x0; ret
            .size other,.-other
            .p2align 14
            .type copy,%%function
            copy: %s
            .size copy,.-copy
            .type end,%%function
            end: ret
            .size end,.-end
            .data
            .type data,%%object
            data: .quad 1234
            .size data,8
            """.formatted(labels(function), labels(copy)));
        Path main = Files.writeString(folder.resolve("main.c"), """
            #include <stdio.h>
            long f(long), copy(long);
            int main(void) {
              long inputs[] = {0, 1, 2, 3, 1L << 33, -1, 1L << 32};
              for (int i = 0; i < 7; i++) if (f(inputs[i]) != copy(inputs[i])) return printf("%ld\\n", inputs[i]), 0;
              puts("same");
            }
            """);
        Path program = folder.resolve("program");
        Run.succeeding(
                folder,
                List.of(
                        Tool.AARCH64_GCC.command(),
                        "-static",
                        "-o",
                        program.toString(),
                        assembly.toString(),
                        main.toString()));
        return program;
    }

    /// Labels inside of a function are local ones.
    private static String labels(String text) {
        return text.replaceAll("\\b(back|near|here|approach)\\b", ".L$1");
    }
}
