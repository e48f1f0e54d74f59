package dev.repoint.machine.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.witness.EmittedRelocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What linkers make of calls through slots of functions that are in the same file, and where they leave the
/// relocations.
class RelaxationTest {

    private static final String SOURCE = """
                .section .text.near, "ax", @progbits
                .globl  _start, near
                .type   near, @function
        near:   ret
                .text
        _start: call    *near@GOTPCREL(%rip)
                jmp     *near@GOTPCREL(%rip)
                mov     near@GOTPCREL(%rip), %rax
                call    near@PLT
                jmp     near@PLT
                jne     near
                lea     near(%rip), %rax
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bfd, -pie",
        "bfd, -static",
        "bfd, -z call-nop=suffix-nop",
        "bfd, -z call-nop=prefix-0x2e",
        "bfd, -z call-nop=suffix-0xcc",
        "gold, -pie",
        "gold, -static",
        "lld, -pie",
        "lld, -static"
    })
    void everyRelocationOfARelaxedInstructionIsRead(String linker, String options) throws IOException {
        Tool.valueOf(linker.toUpperCase(Locale.ROOT)).required();
        Files.writeString(folder.resolve("relaxed.s"), SOURCE);
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), "-c", "relaxed.s"));
        Run.succeeding(folder, List.of("sh", "-c", "ld." + linker + " --emit-relocs -o relaxed relaxed.o " + options));
        Path file = folder.resolve("relaxed");
        long near = EmittedRelocations.address(file, "near");

        List<EmittedRelocations> found = EmittedRelocations.about(file, "near");

        assertThat(found)
                .extracting(emitted -> emitted.instruction().kind())
                .containsExactlyInAnyOrder( // gold sorts them
                        SiteKind.CALL,
                        SiteKind.JUMP,
                        SiteKind.ADDRESS,
                        SiteKind.CALL,
                        SiteKind.JUMP,
                        SiteKind.CONDITIONAL_JUMP,
                        SiteKind.ADDRESS);
        assertThat(found)
                .allSatisfy(emitted -> assertThat(emitted.destination()).isEqualTo(near));
    }

    @ParameterizedTest
    @CsvSource({"bfd", "gold", "lld"})
    void withoutRelaxationTheSlotsAreRead(String linker) throws IOException {
        Tool.valueOf(linker.toUpperCase(Locale.ROOT)).required();
        Files.writeString(folder.resolve("slots.s"), SOURCE);
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), "-c", "-Wa,-mrelax-relocations=no", "slots.s"));
        Run.succeeding(folder, List.of("ld." + linker, "--emit-relocs", "-static", "-o", "slots", "slots.o"));

        List<EmittedRelocations> found = EmittedRelocations.about(folder.resolve("slots"), "near");

        List<EmittedRelocations> branches = found.stream()
                .filter(emitted -> emitted.instruction() instanceof PointerBranch)
                .toList();
        assertThat(branches)
                .extracting(emitted -> emitted.instruction().kind())
                .containsExactly(SiteKind.POINTER_CALL, SiteKind.POINTER_JUMP);
        assertThat(branches).extracting(EmittedRelocations::use).containsOnly(RelocationUse.SLOT);
        assertThat(branches.getFirst().destination())
                .isEqualTo(branches.getLast().destination()); // the one slot
    }
}
