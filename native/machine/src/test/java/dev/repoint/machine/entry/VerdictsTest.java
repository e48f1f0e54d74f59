package dev.repoint.machine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LOOP_TO_ENTRY | f: lock decl (%rdi); jne 2f; ret; 2: pause; jmp f | the jump at .* leads to the entry of f at
        LOOP_TO_ENTRY | f: endbr64; 1: lock decl (%rdi); jne 2f; ret; 2: pause; jmp 1b | the jump at .* leads to the entry
        LOOP_TO_ENTRY | f: .Lf: .cfi_startproc; sub $8,%rsp; .cfi_adjust_cfa_offset 8; test %edi,%edi; {disp32} je .Lg; add $8,%rsp; .cfi_adjust_cfa_offset -8; ret; .cfi_endproc; .size f,.-f; .p2align 4; .Lg: .cfi_startproc; .cfi_def_cfa_offset 16; add $8,%rsp; .cfi_adjust_cfa_offset -8; jmp .Lf; .cfi_endproc | in a part that rarely runs, leads back to the entry of f
        BRANCH_INSIDE | f: xor %eax,%eax; 1: movzbl (%rdi),%ecx; inc %rdi; test %cl,%cl; jne 1b; ret | the branch at .* among the first bytes of f at
        BRANCH_INSIDE | f: xor %eax,%eax; .Lx: mov %rdi,%rax; ret; .size f,.-f; .type g,@function; g: jmp .Lx; .size g,.-g | a branch of another function leads
        SYMBOL_INSIDE | f: xor %eax,%eax; inside: mov %rdi,%rax; ret | the symbol inside stands at .*f at
        UNKNOWN_BYTES | f: mov %rdi,%rax; ret; .byte 6,7; ret | 06 07 c3.* in f at
        UNKNOWN_BYTES | f: .byte 0x0f,0x0a; ret; nop; nop; nop; nop | 0f 0a .* in f at
        NOT_MOVABLE   | f: .byte 0x67,0x8b,0x05; .long 0; ret | works only where it stands
        TOO_SHORT     | f: xor %eax,%eax; ret; .size f,.-f; .type g,@function; g: ret; .size g,.-g | has 3 bytes for a jump of 5, and something else follows
        TOO_SHORT     | f: xor %eax,%eax; ret; .size f,.-f; .byte 1,2,3,4 | what is no padding follows
        RUNS_ON       | f: xor %eax,%eax; .size f,.-f; nop; nop; nop; nop | runs on into what follows
        PERHAPS_BRANCH_INSIDE | f: mov %rdi,%rax; inc %eax; ret; .size f,.-f; .type t,@object; t: .byte 6,0xeb,-6; .size t,.-t | may be a branch to
        COLD_PART     | .globl f.cold; .type f.cold,@function; f.cold: f: mov %rdi,%rax; call other; ret; .size f.cold,.-f.cold | is jumped to; patch f
        KEYED_BY_ADDRESS | .globl SafeFetch32_impl; .type SafeFetch32_impl,@function; SafeFetch32_impl: f: mov (%rdi),%eax; mov %rdi,%rdi; ret | signal handler compares
        KEYED_BY_ADDRESS | f: mov %rdi,%rax; .Lp: nop; inc %eax; ret; .section .note.stapsdt,"",@note; .p2align 2; .long 8,24,3; .asciz "stapsdt"; .quad .Lp,0,0; .text | a probe of SystemTap
        KEYED_BY_ADDRESS | f: mov $15,%rax; syscall | signal handlers return to
        """)
    void aFunctionIsRefusedWithTheReason(RefusalReason reason, String function, String text) throws IOException {
        EntryVerdict verdict = Assembled.x86(folder, source(function)).judge("f");

        assertThat(verdict).isInstanceOfSatisfying(EntryVerdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.text()).containsPattern(text).doesNotContain("\n");
        });
    }

    @Test
    void aResolverIsRefusedAndTheFunctionItChoosesIsNot() throws IOException {
        Assembled library = Assembled.of(folder, Tool.GCC, ".c", """
            __attribute__((noinline)) static int fast(int x) { return x * 3; }
            __attribute__((noinline)) static int slow(int x) { return x + x + x; }
            static volatile int is_slow;
            static int (*choose(void))(int) { return is_slow ? slow : fast; }
            int f(int x) __attribute__((ifunc("choose")));
            """, "-O2", "-nostdlib");

        assertThat(library.judge("f"))
                .isInstanceOfSatisfying(
                        EntryVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.INDIRECT_FUNCTION));
        assertThat(library.judge("fast")).isInstanceOf(EntryVerdict.Accepted.class);
    }

    @Test
    void noCodeAndTheLinkageTableAreNoEntries() throws IOException {
        Assembled library = Assembled.of(folder, Tool.GCC, ".c", """
            int data = 1;
            int puts(const char *);
            int f(void) { puts("x"); return puts("y"); }
            """, "-O2", "-Wl,-z,lazy");

        assertThat(reason(library, library.address("data"))).isEqualTo(RefusalReason.NO_CODE);
        long plt = library.file().section(".plt").orElseThrow().address().value();
        assertThat(reason(library, plt + 16)).isEqualTo(RefusalReason.NOT_AN_ENTRY);
    }

    @Test
    void allNamesOfAnAddressAreTold() throws IOException {
        Assembled library = Assembled.x86(folder, """
            .globl f,g,h
            .type f,@function; .type g,@function; .type h,@function
            f: g: h: mov %rdi,%rax; inc %eax; ret
            """);

        assertThat(library.judge("f")).isInstanceOfSatisfying(EntryVerdict.Accepted.class, accepted -> {
            assertThat(accepted.names()).containsExactlyInAnyOrder("f", "g", "h");
            assertThat(accepted.notes()).anySatisfy(note -> {
                assertThat(note.kind()).isEqualTo(EntryNote.Kind.SEVERAL_NAMES);
                assertThat(note.text()).contains("3 names").contains("f").contains("h");
            });
        });
    }

    @Test
    void recursionAndJumpsByTablesAreTold() throws IOException {
        Assembled library = Assembled.x86(folder, source("""
            f: 1: mov %rdi,%rax; inc %eax; call 1b; jmp *%rax
            """));

        assertThat(library.judge("f"))
                .isInstanceOfSatisfying(
                        EntryVerdict.Accepted.class,
                        accepted -> assertThat(accepted.notes())
                                .extracting(EntryNote::kind)
                                .containsExactly(
                                        EntryNote.Kind.KNOWN_BODY,
                                        EntryNote.Kind.RECURSION,
                                        EntryNote.Kind.UNSEEN_JUMPS));
    }

    @Test
    void clonesAndInlinedCopiesAreTold() throws IOException {
        Assembled library = Assembled.of(folder, Tool.GCC, ".c", """
            static int add(int x) { return x * 12345 + 7; }
            int (*pointer)(int) = add;
            int one(int x) { return add(x); }
            int two(int x) { return add(x) ^ add(x + 1); }
            __attribute__((noinline)) static int part(int x, int y) { return x * y - 77 * y; }
            int (*other)(int, int) = part;
            int copy(int x) __asm__("part.constprop.0");
            int copy(int x) { return x * 5 - 385; }
            """, "-O2", "-nostdlib", "-g");

        assertThat(notes(library, "add")).anySatisfy(note -> {
            assertThat(note.kind()).isEqualTo(EntryNote.Kind.INLINED);
            assertThat(note.text()).contains("3 calls of add");
        });
        assertThat(notes(library, "part")).anySatisfy(note -> {
            assertThat(note.kind()).isEqualTo(EntryNote.Kind.CLONES);
            assertThat(note.text()).contains("part.constprop.0");
        });
        assertThat(notes(library, "one")).isEmpty();
    }

    private static List<EntryNote> notes(Assembled library, String name) throws IOException {
        return ((EntryVerdict.Accepted) library.judge(name)).notes();
    }

    /// Intel's compiler lets the unwind entry begin behind `endbr64`.
    @Test
    void anUnwindEntryMayBeginBehindTheHead() throws IOException {
        Assembled library = Assembled.x86(folder, source("""
            f: endbr64; .cfi_startproc; push %rbx; .cfi_adjust_cfa_offset 8; mov %rdi,%rbx; inc %ebx; pop %rbx; ret; .cfi_endproc
            """));

        EntryPatch patch = library.patch("f");
        MovedCopy copy = patch.copy(0x10_0000);
        assertThat(CopyUnwind.of(library.module(), patch, copy)).isPresent();
    }

    /// A part that is jumped to has a frame already. Where its name is gone, the unwind entry shows that.
    @Test
    void aPartOfAFunctionIsKnownByItsUnwindEntry() throws IOException {
        Assembled library = Assembled.x86(folder, source("""
            f: .cfi_startproc; .cfi_def_cfa_offset 32; mov %rdi,%rax; inc %eax; add $24,%rsp; ret; .cfi_endproc
            """));

        assertThat(reason(library, library.address("f"))).isEqualTo(RefusalReason.COLD_PART);
    }

    @Test
    void thePadInFrontOfAFunctionIsNotThePaddingOfAnother() throws IOException {
        Assembled library = Assembled.x86(folder, """
            .text
            .type f,@function; .type g,@function; .globl f,g
            f: xor %eax,%eax; ret
            .size f,.-f
            1: .skip 8,0x90
            g: .skip 2,0x90; mov %rdi,%rax; ret
            .size g,.-g
            .section __patchable_function_entries,"aw"
            .quad 1b
            """);

        assertThat(reason(library, library.address("f"))).isEqualTo(RefusalReason.TOO_SHORT);
        assertThat(library.patch("g").means()).isEqualTo(EntryMeans.AS_IT_IS);
    }

    /// `strip` takes the names, and leaves the unwind entries.
    @Test
    void afterStripUnwindEntriesTellWhereFunctionsAre() throws IOException {
        Assembled library = Assembled.of(folder, Tool.GCC, ".c", """
            static __attribute__((noinline)) int hidden(int x) { return x * 1000 + 7; }
            int f(int x) { return hidden(x) ^ hidden(x + 1); }
            """, "-O2", "-nostdlib");
        long hidden = library.address("hidden");
        Run.succeeding(folder, List.of(Tool.STRIP.command(), library.path().toString()));
        Assembled stripped = Assembled.of(library.path());

        assertThat(stripped.module().functions()).contains(hidden);
        assertThat(stripped.planner().judge(hidden)).isInstanceOfSatisfying(EntryVerdict.Accepted.class, accepted -> {
            assertThat(accepted.names()).isEmpty();
            assertThat(accepted.means()).isEqualTo(EntryMeans.AS_IT_IS);
        });
    }

    /// Where section headers are gone, too, segments have the code, and the header of the unwind table says where
    /// that begins.
    @Test
    void withoutSectionHeadersTheVerdictsAreTheSame() throws IOException {
        Assembled library = Assembled.of(folder, Tool.GCC, ".c", """
            static __attribute__((noinline)) int hidden(int x) { return x * 1000 + 7; }
            int f(int x) { return hidden(x) ^ hidden(x + 1); }
            """, "-O2", "-nostdlib");
        byte[] bytes = Files.readAllBytes(library.path());
        Arrays.fill(bytes, 40, 48, (byte) 0); // e_shoff
        Arrays.fill(bytes, 58, 64, (byte) 0); // e_shentsize, e_shnum, e_shstrndx
        EntryModule module = EntryModule.of(ElfFile.of("bare", MemorySegment.ofArray(bytes)));

        assertThat(module.unwindEntries().count())
                .isEqualTo(library.module().unwindEntries().count());
        for (String name : List.of("hidden", "f")) {
            long address = library.address(name);
            assertThat(new EntryPlanner(module).judge(address)).isInstanceOf(EntryVerdict.Accepted.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, none", "8, none", "16, full", "'24,8', none"})
    void aPadIsUsedWithoutDecodingTheFunction(String size, String protection) throws IOException {
        Assembled library = Assembled.of(
                folder,
                Tool.GCC,
                ".c",
                "int f(int x) { asm volatile(\".byte 6\"); return x + 1; }",
                "-O2",
                "-nostdlib",
                "-fpatchable-function-entry=" + size,
                "-fcf-protection=" + protection);

        EntryPatch patch = library.patch("f");
        assertThat(patch.means()).isEqualTo(EntryMeans.PAD);
        assertThat(patch.place() - patch.entry()).isEqualTo(protection.equals("full") ? 4 : 0);
        assertThat(patch.old()).containsOnly(0x90).hasSize(5);
    }

    @Test
    void aPadThatIsTooSmallIsCodeLikeOther() throws IOException {
        Assembled library = Assembled.of(
                folder,
                Tool.GCC,
                ".c",
                "int f(int x) { return x * 1234567 + 1; }",
                "-O2",
                "-nostdlib",
                "-fpatchable-function-entry=2");

        assertThat(library.patch("f").means()).isEqualTo(EntryMeans.AS_IT_IS);
    }

    private static RefusalReason reason(Assembled library, long address) throws IOException {
        return ((EntryVerdict.Refused) library.planner().judge(address)).reason();
    }

    private static String source(String function) {
        return """
            .text
            .type f,@function
            .globl f
            %s
            %s
            .p2align 4
            .type other,@function
            other: xor %%eax,%%eax; xor %%edx,%%edx; ret
            .size other,.-other
            """.formatted(function, function.contains(".size f,") ? "" : ".size f,.-f");
    }
}
