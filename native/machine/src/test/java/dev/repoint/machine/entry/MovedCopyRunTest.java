package dev.repoint.machine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Step;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions that begin with every pair of instructions of all kinds, run beside their copies.
class MovedCopyRunTest {

    private static final FunctionDescriptor TYPE =
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    /// What a function may begin with; `N` is a number of its own. The arguments are in `rdi` and `rsi`, the
    /// result is `rax`, `rcx` and `rdx` are free.
    private static final List<String> FIRST = List.of(
            "inc %rdi",
            "xor %eax,%eax",
            "lea 5(%rdi,%rsi,2),%rdi",
            "mov data(%rip),%rcx; add %rcx,%rdi",
            "lea data(%rip),%rcx; add 8(%rcx),%rdi",
            "addq $7,counter(%rip)",
            "cmpb $0,%sil; je .LaN; inc %rdi; .skip 130,0x90; .LaN:",
            "test %sil,%sil; jne .LbN; lea 3(%rdi),%rdi; .LbN:",
            "cmp $3,%rsi; jg .LcN; add $9,%rdi; .LcN:",
            "mov %rsi,%rcx; jrcxz .LdN; add $17,%rdi; .LdN:",
            "mov $3,%ecx; loop .LeN; add $33,%rdi; .LeN:",
            "push %rbx; call helper; pop %rbx",
            "push %rbx; call *slot(%rip); pop %rbx",
            "jmp .LfN; ud2; .LfN:",
            "mov %fs:0,%rcx; mov (%rcx),%rdx",
            "movq data(%rip),%xmm0; movq %xmm0,%rcx; sub %rcx,%rdi");

    private static final long[] INPUTS = {0, 1, 3, 4, 255, 256, -1, 0x1234_5678_9abc_def0L};

    @TempDir
    Path folder;

    @Test
    void everyCopyGivesWhatItsFunctionGives() throws Throwable {
        List<String> names = new ArrayList<>();
        Assembled library = Assembled.x86(folder, source(names));
        NearPages pages = new NearPages(library, names.getFirst());
        int accepted = 0;
        int rewritten = 0;
        for (String name : names) {
            if (library.judge(name) instanceof EntryVerdict.Accepted verdict) {
                accepted++;
                rewritten += verdict.means() == EntryMeans.REWRITTEN ? 1 : 0;
                compare(pages, name, verdict.patch());
            } else {
                // what is so short that its own branch leads among the overwritten bytes
                assertThat(((EntryVerdict.Refused) library.judge(name)).reason())
                        .as(name)
                        .isEqualTo(RefusalReason.BRANCH_INSIDE);
            }
        }
        assertThat(accepted).isGreaterThan(names.size() * 8 / 10);
        assertThat(rewritten).isGreaterThan(names.size() / 2);
    }

    private static void compare(NearPages pages, String name, EntryPatch patch) throws Throwable {
        MovedCopy copy = patch.copy(pages.next());
        MethodHandle original = NearPages.call(pages.function(name), TYPE);
        MethodHandle moved = NearPages.call(pages.write(copy.bytes()), TYPE);
        for (long one : INPUTS) {
            for (long other : INPUTS) {
                long expected = (long) original.invokeExact(one, other);
                long found = (long) moved.invokeExact(one, other);
                assertThat(found).as("%s(%d, %d)", name, one, other).isEqualTo(expected);
            }
        }
    }

    /// The places of a function and of its copy correspond, in both directions.
    @Test
    void everyMovedInstructionHasItsPlace() throws IOException {
        List<String> names = new ArrayList<>();
        Assembled library = Assembled.x86(folder, source(names));
        for (String name : names) {
            if (!(library.judge(name) instanceof EntryVerdict.Accepted verdict)) {
                continue;
            }
            EntryPatch patch = verdict.patch();
            MovedCopy copy = patch.copy(0x100_0000);
            assertThat(copy.toOriginal(copy.address())).isEqualTo(patch.entry());
            patch.moved().forEach(step -> {
                long place = copy.toCopy(step.address());
                assertThat(place).isBetween(copy.address(), copy.end() - 1);
                assertThat(copy.toOriginal(place)).isEqualTo(step.address());
                assertThat(copy.toCopy(step.address() + 1)).isIn(MovedCopy.NONE, copy.toCopy(step.end()));
            });
            assertThat(copy.toCopy(patch.resume())).isEqualTo(MovedCopy.NONE);
            Step last = patch.moved().getLast();
            assertThat(copy.toOriginal(copy.end() - 1))
                    .isEqualTo(last.flow().isEnd() ? last.address() : patch.resume());
            assertThat(copy.toOriginal(copy.end())).isEqualTo(MovedCopy.NONE);
        }
    }

    private static String source(List<String> names) {
        StringBuilder text = new StringBuilder("""
            .text
            helper: lea (%rdi,%rdi,2),%rdi; ret
            """);
        for (int i = 0; i < FIRST.size(); i++) {
            for (int k = 0; k < FIRST.size(); k++) {
                for (String head : List.of("", "endbr64; ")) {
                    int number = names.size();
                    String name = "f" + number;
                    names.add(name);
                    text.append("""
                        .p2align 4
                        .globl NAME
                        .type NAME,@function
                        NAME: HEAD FIRST
                        SECOND
                        lea (%rdi,%rsi),%rax
                        ret
                        .size NAME,.-NAME
                        """.replace("HEAD", head)
                            .replace(
                                    "FIRST",
                                    FIRST.get(i).replace("N:", number + "1:").replace("N;", number + "1;"))
                            .replace(
                                    "SECOND",
                                    FIRST.get(k).replace("N:", number + "2:").replace("N;", number + "2;"))
                            .replace("NAME", name));
                }
            }
        }
        return text.append("""
            .data
            data: .quad 1000,77
            counter: .quad 0
            slot: .quad helper
            """).toString();
    }
}
