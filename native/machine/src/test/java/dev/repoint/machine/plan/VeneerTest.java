package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Veneers: where they are put, and that nothing is left of them.
class VeneerTest {

    private static final List<String> SOURCES = List.of("sites.c", "functions.c");

    /// A conditional jump of AArch64 reaches 1 MiB.
    private static final String FAR = """
        .text
        .space %d
        .globl near
        .type near, %%function
        near:
            cbz w0, near_work
            ret
        .size near, . - near
        %s
        .globl near_work
        .type near_work, %%function
        near_work:
            mov w0, 1
            ret
        .size near_work, . - near_work
        .space 0x200000
        .globl far_work
        .type far_work, %%function
        far_work:
            mov w0, 2
            ret
        .size far_work, . - far_work
        """;
    private static final String FAR_MAIN = """
        #include <stdio.h>
        int near(int x);
        int main(void) { printf("%d %d\\n", near(0), near(5)); return 0; }
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"PIE", "GOLD", "STATIC"})
    void whereThereIsNoPaddingTheSegmentGetsLonger(Build build) throws IOException {
        Path program = build.program(folder, SOURCES);

        Plan plan = Patched.plan(program, "work=zero");

        assertThat(plan.edits())
                .filteredOn(edit -> edit.site().equals("size of the executable segment"))
                .hasSize(1);
        assertThat(plan.edits())
                .filteredOn(edit -> edit.site().startsWith("veneer at "))
                .singleElement()
                .satisfies(edit -> assertThat(edit.expected()).containsOnly(0));
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("strip before"));
    }

    @ParameterizedTest
    @EnumSource(value = Build.class, names = "LLD")
    void paddingIsTakenFirst(Build build) throws IOException {
        Path program = build.program(folder, SOURCES);

        Plan plan = Patched.plan(program, "work=zero");

        assertThat(plan.edits())
                .filteredOn(edit -> edit.site().startsWith("veneer at "))
                .singleElement()
                .satisfies(edit -> assertThat(edit.expected()).containsOnly(0xcc));
        assertThat(plan.edits()).noneMatch(edit -> edit.site().contains("segment"));
        assertThat(plan.warnings()).noneMatch(warning -> warning.contains("strip"));
    }

    @Test
    void oneVeneerServesAllSitesThatDoTheSame() throws IOException {
        Path program = Build.PIE.program(folder, SOURCES);

        Plan plan = Patched.plan(program, "work=zero", "spare=zero", "pointer=zero");

        assertThat(plan.edits())
                .filteredOn(edit -> edit.site().startsWith("veneer at "))
                .hasSize(1);
    }

    /// The pads in front of functions look like padding. They are run through once a live patch has come.
    @Test
    void thePadsOfFunctionsAreLeftAlone() throws IOException {
        Path program = Build.LLD.program(folder, SOURCES, "-fpatchable-function-entry=32,32");
        List<Address> pads = ElfFile.read(program).patchableFunctionEntries();
        assertThat(pads).isNotEmpty();

        Patched patched = Patched.of(program, "patched", "work=zero");

        assertThat(patched.plan().edits())
                .filteredOn(edit -> edit.site().startsWith("veneer at "))
                .isNotEmpty()
                .noneMatch(edit -> pads.stream()
                        .anyMatch(pad -> edit.address().value() < pad.value() + 32
                                && edit.address().value() + edit.length() > pad.value()));
        assertThat(Build.LLD.run(patched.file())).contains("jump 0 0");
    }

    @Test
    void aTargetOutOfReachGetsAVeneerInReach() throws IOException {
        Path program = far(0, ".rept 8; nop; .endr");
        assertThat(Build.ARM.run(program)).containsExactly("1 5");

        Patched patched = Patched.of(program, "patched", "near_work=far_work");

        assertThat(Build.ARM.run(patched.file())).containsExactly("2 5");
        assertThat(patched.plan().edits())
                .filteredOn(edit -> edit.site().startsWith("veneer at "))
                .hasSize(1);
        Patched again = Patched.of(patched.file(), "again", "near_work=far_work");
        assertThat(again.plan().isEmpty()).isTrue();
        Patched zero = Patched.of(patched.file(), "zero", "near_work=zero");
        assertThat(Build.ARM.run(zero.file())).containsExactly("0 5");
        for (Patched each : List.of(patched, zero)) {
            Patched restored = Patched.of(each.file(), "restored", "near_work=default");
            assertThat(Files.mismatch(program, restored.file())).isEqualTo(-1);
        }
    }

    @Test
    void withoutRoomInReachThePatchIsRefused() throws IOException {
        Path program = far(0x200000, "");

        assertThatThrownBy(() -> Patched.plan(program, "near_work=far_work"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("near_work: conditional-jump at 0x")
                .hasMessageContaining(" in near: no veneer can be put between 0x");
    }

    private Path far(int distance, String padding) throws IOException {
        Build.ARM.required();
        Files.writeString(folder.resolve("far.s"), FAR.formatted(distance, padding));
        Files.writeString(folder.resolve("far_main.c"), FAR_MAIN);
        return Build.ARM.program(folder, List.of("far_main.c", "far.s"));
    }

    @Test
    void aStrippedFileKeepsItsVeneersInPadding() throws IOException {
        Path program = Build.LLD.program(folder, SOURCES);
        Patched patched = Patched.of(program, "patched", "work=zero");

        Run.succeeding(folder, List.of("strip", patched.file().toString()));

        assertThat(Build.LLD.run(patched.file())).contains("call 100 0", "jump 0 0");
    }
}
