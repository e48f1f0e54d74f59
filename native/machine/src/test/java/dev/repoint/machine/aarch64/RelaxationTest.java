package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.witness.Aarch64Link;
import dev.repoint.machine.witness.EmittedRelocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What linkers make of code that uses functions of the same file.
class RelaxationTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"bfd, -pie", "bfd, -static", "lld, -pie", "lld, -static"})
    void everyRelocationOfARelaxedInstructionIsRead(String linker, String options) throws IOException {
        Files.writeString(folder.resolve("relaxed.s"), """
                    .text
                    .globl  _start, near
                    .type   near, @function
            near:   ret
            _start: bl      near
                    b       near
                    b.eq    near
                    cbz     x0, near
                    tbz     x0, #1, near
                    adr     x0, near
                    adrp    x1, near
                    add     x2, x1, :lo12:near
                    adrp    x3, :got:near
                    ldr     x3, [x3, :got_lo12:near]
                    blr     x3
            """);
        Aarch64Link.of(folder, linker, "relaxed.s", List.of(), "--emit-relocs " + options + " -o relaxed");
        Path file = folder.resolve("relaxed");
        long near = EmittedRelocations.address(file, "near");

        List<EmittedRelocations> found = EmittedRelocations.about(file, "near");

        assertThat(found)
                .extracting(emitted -> emitted.instruction().kind())
                .startsWith(
                        SiteKind.CALL,
                        SiteKind.JUMP,
                        SiteKind.CONDITIONAL_JUMP,
                        SiteKind.CONDITIONAL_JUMP,
                        SiteKind.CONDITIONAL_JUMP,
                        SiteKind.ADDRESS,
                        SiteKind.ADDRESS);
        assertThat(found).hasSize(8);
        // the last is a load from the slot, or what a linker made of it
        boolean load = found.getLast().instruction().kind() == SiteKind.POINTER_LOAD;
        assertThat(found.subList(0, load ? 7 : 8))
                .allSatisfy(emitted -> assertThat(emitted.destination()).isEqualTo(near));
    }

    /// Erratum 843419: an `adrp` in the last two words of a page, a load or store, and a load or store through
    /// the page.
    @ParameterizedTest
    @CsvSource({"bfd, --fix-cortex-a53-843419=full", "bfd, --fix-cortex-a53-843419=adr", "lld, --fix-cortex-a53-843419"
    })
    void aWorkaroundOfAnErratumIsNoBranchOfTheFunction(String linker, String options) throws IOException {
        Files.writeString(folder.resolve("erratum.s"), """
                    .text
                    .balign 4096
                    .globl  _start
                    .skip   4088
            _start: adrp    x0, variable
                    str     x1, [x2]
                    ldr     x3, [x0, :lo12:variable]
                    ret
                    .data
                    .globl  variable
                    .balign 8
            variable: .quad 0
            """);
        Aarch64Link.of(folder, linker, "erratum.s", List.of(), "--emit-relocs -static " + options + " -o erratum");

        List<EmittedRelocations> found = EmittedRelocations.about(folder.resolve("erratum"), "variable");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().instruction())
                .satisfiesAnyOf(
                        instruction -> assertThat(instruction).isNull(), // the load is in a veneer
                        instruction -> assertThat(((Reference) instruction).destination())
                                .isEqualTo(EmittedRelocations.address(folder.resolve("erratum"), "variable")));
    }
}
