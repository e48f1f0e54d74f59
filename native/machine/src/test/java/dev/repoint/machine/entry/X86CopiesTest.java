package dev.repoint.machine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.witness.HexCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Copies of first instructions, held against what the assembler makes of the assembly beside them.
class X86CopiesTest {

    @TempDir
    Path folder;

    /// `;` separates instructions. `f` is the function, `copy` its copy, `back` is what was not moved.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        AS_IT_IS  | push %rbp; mov %rsp,%rbp; push %rbx; back: ret | push %rbp; mov %rsp,%rbp; push %rbx
        AS_IT_IS  | endbr64; push %rbp; mov %rsp,%rbp; push %rbx; back: ret | endbr64; push %rbp; mov %rsp,%rbp; push %rbx
        AS_IT_IS  | mov %fs:0x28,%rax; back: ret | mov %fs:0x28,%rax
        AS_IT_IS  | vmovdqu64 0x40(%rdi),%zmm1; back: ret | vmovdqu64 0x40(%rdi),%zmm1
        REWRITTEN | mov data(%rip),%rax; back: ret | mov data(%rip),%rax
        REWRITTEN | endbr64; lea data+4(%rip),%rdi; back: ret | endbr64; lea data+4(%rip),%rdi
        REWRITTEN | cmpb $5,data(%rip); back: ret | cmpb $5,data(%rip)
        REWRITTEN | cmpl $0x12345678,data(%rip); back: ret | cmpl $0x12345678,data(%rip)
        REWRITTEN | vmovdqu data(%rip),%ymm3; back: ret | vmovdqu data(%rip),%ymm3
        REWRITTEN | mov %fs:data(%rip),%rax; back: ret | mov %fs:data(%rip),%rax
        REWRITTEN | sub $8,%rsp; call other; back: ret | sub $8,%rsp; call other
        REWRITTEN | sub $8,%rsp; call *data(%rip); back: ret | sub $8,%rsp; call *data(%rip)
        REWRITTEN | push data(%rip); back: ret | push data(%rip)
        REWRITTEN | test %edi,%edi; je near; push %rax; back: near: ret | test %edi,%edi; {disp32} je near; push %rax
        REWRITTEN | test %edi,%edi; {disp32} je other; back: ret | test %edi,%edi; {disp32} je other
        REWRITTEN | xor %eax,%eax; jrcxz near; push %rax; back: near: ret | xor %eax,%eax; .byte 0xe3,2,0xeb,5; {disp32} jmp near; push %rax
        REWRITTEN | xor %eax,%eax; jecxz near; back: near: ret | xor %eax,%eax; .byte 0x67,0xe3,2,0xeb,5; {disp32} jmp near
        REWRITTEN | push %rax; loop near; nop; nop; back: near: ret | push %rax; .byte 0xe2,2,0xeb,5; {disp32} jmp near; nop; nop
        REWRITTEN | push %rax; xbegin near; back: near: ret | push %rax; .byte 0xc7,0xf8; .long near-.-4
        """)
    void aCopyIsWhatTheAssemblerMakes(EntryMeans means, String function, String copy) throws IOException {
        Assembled library = Assembled.x86(folder, source(function, copy + "; {disp32} jmp back"));

        compare(library, means);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REWRITTEN | {disp32} jmp other | {disp32} jmp other
        REWRITTEN | endbr64; {disp32} jmp other | endbr64; {disp32} jmp other
        REWRITTEN | jmp *data(%rip) | jmp *data(%rip)
        REWRITTEN | xor %eax,%eax; nop; jmp near; .skip 20,0x90; near: ret | xor %eax,%eax; nop; {disp32} jmp near
        AS_IT_IS  | endbr64; mov %rdi,%rax; inc %eax; ret | endbr64; mov %rdi,%rax; inc %eax; {disp32} jmp f+9
        AS_IT_IS  | mov %rdi,%rax; notrack jmp *%rax | mov %rdi,%rax; notrack jmp *%rax
        PADDING   | ret | ret
        PADDING   | endbr64; xor %eax,%eax; ret | endbr64; xor %eax,%eax; ret
        PADDING   | ud2 | ud2
        PADDING   | call *%rax | call *%rax; ud2
        """)
    void aCopyThatDoesNotRunOnHasNoJumpBack(EntryMeans means, String function, String copy) throws IOException {
        compare(Assembled.x86(folder, source(function, copy)), means);
    }

    private static void compare(Assembled library, EntryMeans means) throws IOException {
        EntryPatch patch = library.patch("f");
        MovedCopy copy = patch.copy(library.address("copy"));
        assertThat(patch.means()).isEqualTo(means);
        assertThat(HexCode.text(copy.bytes()))
                .isEqualTo(HexCode.text(library.bytes(copy.address(), copy.bytes().length)));
        assertThat(copy.end()).isEqualTo(library.address("end"));
        assertThat(copy.bytes()).hasSize(patch.copyLength());
    }

    private static String source(String function, String copy) {
        return """
            .text
            .type f,@function
            .globl f
            f: %s
            .size f,.-f
            .p2align 4
            .type other,@function
            other: xor %%eax,%%eax; xor %%edx,%%edx; ret
            .size other,.-other
            .p2align 4
            .type copy,@function
            copy: %s
            .size copy,.-copy
            .type end,@function
            end: ret
            .size end,.-end
            .data
            .type data,@object
            .hidden data
            .globl data
            data: .quad 0,0,0,0
            """.formatted(function, copy)
                .replace("near:", ".Lnear:")
                .replace("near", ".Lnear")
                .replace("..L", ".L")
                .replace(".L.L", ".L")
                .replace("back", ".Lback");
    }
}
