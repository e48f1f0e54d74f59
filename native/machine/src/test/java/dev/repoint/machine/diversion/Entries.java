package dev.repoint.machine.diversion;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.plan.Change;
import dev.repoint.machine.plan.FilePatch;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.Planner;
import dev.repoint.machine.site.Collector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Patches entries of files, as the command does.
final class Entries {

    /// Each begins in another way. `x` is its argument, 1.
    static final String CLASSES = """
        #include <stdio.h>
        #define FUNCTION(name, body) \\
            asm(".pushsection .text, \\"ax\\", @progbits\\n.p2align 4\\n.globl " #name "\\n.type " #name ", @function\\n" #name ":\\n" \\
                ".cfi_startproc\\n" body "\\n.cfi_endproc\\n.size " #name ", .-" #name "\\n.p2align 4\\n.popsection"); \\
            int name(int); \\
            __attribute__((noinline)) int wrap_##name(int x) { return name(x) + 1000; }
        int value = 7;
        __attribute__((noinline, used)) int helper(int x) { asm volatile(""); return x + 30; }
        FUNCTION(plain, "movl $5, %eax; ret")
        FUNCTION(relative, "movl value(%rip), %eax; ret")
        FUNCTION(conditional, "testl %edi, %edi; je 1f; movl $10, %eax; ret; 1: movl $20, %eax; ret")
        FUNCTION(calling, "subq $8, %rsp; .cfi_adjust_cfa_offset 8; call helper; addq $8, %rsp; .cfi_adjust_cfa_offset -8; ret")
        FUNCTION(jumping, "leal 0(%rdi), %edi; jmp helper")
        FUNCTION(padded, "xorl %eax, %eax; ret")
        FUNCTION(marked, "endbr64; movl $5, %eax; ret")
        int main(int count, char **arguments) {
            (void) arguments;
            printf("%d %d %d %d %d %d %d\\n", plain(count), relative(count), conditional(count), calling(count),
                   jumping(count), padded(count), marked(count));
            return 0;
        }
        """;

    static final String[] WRAPPED = {
        "plain=wrap_plain",
        "relative=wrap_relative",
        "conditional=wrap_conditional",
        "calling=wrap_calling",
        "jumping=wrap_jumping",
        "padded=wrap_padded",
        "marked=wrap_marked"
    };

    private Entries() {}

    /// Patches a file.
    static Plan patch(Path file, Path out, String... changes) throws IOException {
        return patch(file, out, PatchChoice.BEST.withAllNames(), changes);
    }

    static Plan patchByEntry(Path file, Path out, String... changes) throws IOException {
        return patch(file, out, PatchChoice.ENTRY.withAllNames(), changes);
    }

    static Plan patch(Path file, Path out, PatchChoice choice, String... changes) throws IOException {
        ElfFile elf = ElfFile.read(file);
        DivertedFile diverted = DivertedFile.of(elf);
        Plan plan = plan(diverted, choice, changes);
        FilePatch.write(elf, plan, out);
        return plan;
    }

    static Plan plan(DivertedFile file, PatchChoice choice, String... changes) throws ElfException {
        List<Change> parsed = Arrays.stream(changes).map(Change::parse).toList();
        return Planner.plan(file, Collector.collect(file.original()), parsed, choice, DebugFiles.none());
    }

    static String run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Run.succeeding(program.getParent(), command).output();
    }
}
