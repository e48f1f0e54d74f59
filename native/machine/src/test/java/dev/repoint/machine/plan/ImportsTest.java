package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs as they are found anywhere, without kept relocations: what they import is patched in the procedure
/// linkage table, in slots and in pointers.
class ImportsTest {

    private static final List<String> PLAIN = List.of("called 3", "other 4", "held 5");

    @TempDir
    private Path folder;

    private Path stock(Build build, String... more) throws IOException {
        return build.link(folder, "program", List.of("imports.c"), List.of(more));
    }

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"STATIC", "STATIC_PIE"},
            mode = EnumSource.Mode.EXCLUDE)
    void anImportLeadsToAFunctionOfTheProgram(Build build) throws IOException {
        Path program = stock(build);
        assertThat(build.run(program)).isEqualTo(PLAIN);

        Patched patched = Patched.of(program, "patched", "abs=mine");

        assertThat(build.run(patched.file())).containsExactly("called 997", "other 4", "held 995");
        givesBack(program, patched);
    }

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"STATIC", "STATIC_PIE"},
            mode = EnumSource.Mode.EXCLUDE)
    void anImportLeadsToAnotherImportInAStrippedProgram(Build build) throws IOException {
        Path program = stock(build);
        Run.succeeding(folder, List.of(build.strip().command(), program.toString()));

        Patched patched = Patched.of(program, "patched", "abs=labs");

        // labs is given 32 bits of a negative number that it takes for 64 bits of a positive one
        assertThat(build.run(patched.file())).containsExactly("called -3", "other 4", "held -5");
        givesBack(program, patched);
    }

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"STATIC", "STATIC_PIE"},
            mode = EnumSource.Mode.EXCLUDE)
    void anImportGivesZero(Build build) throws IOException {
        Path program = stock(build);

        Patched patched = Patched.of(program, "patched", "abs=zero");

        assertThat(build.run(patched.file())).containsExactly("called 0", "other 4", "held 0");
        givesBack(program, patched);
    }

    /// The loader fills slots at the first call, or at start where that is asked for.
    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"PIE", "FIXED", "GOLD", "LLD"})
    void itDoesNotMatterWhenTheLoaderBinds(Build build) throws IOException {
        Patched patched = Patched.of(stock(build), "patched", "abs=mine");

        Run atStart = Run.succeeding(
                folder, List.of("env", "LD_BIND_NOW=1", patched.file().toString()));

        assertThat(atStart.lines()).containsExactly("called 997", "other 4", "held 995");
    }

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"PIE", "LLD", "NOW", "ARM"})
    void callsThroughSlotsAlone(Build build) throws IOException {
        Path program = stock(build, "-fno-plt");

        Patched own = Patched.of(program, "own", "abs=mine");
        Patched zero = Patched.of(own.file(), "zero", "abs=zero");

        assertThat(build.run(own.file())).containsExactly("called 997", "other 4", "held 995");
        assertThat(build.run(zero.file())).containsExactly("called 0", "other 4", "held 0");
        givesBack(program, zero);
    }

    @Test
    void anImportWithoutAnEntryIsLookedUpByTheLoader() throws IOException {
        Path program = stock(Build.PIE, "-fno-plt");

        Patched patched = Patched.of(program, "patched", "abs=labs");

        assertThat(Build.PIE.run(patched.file())).containsExactly("called -3", "other 4", "held -5");
        assertThat(patched.plan().edits()).allMatch(edit -> edit.becomes().endsWith(" labs"));
        assertThatThrownBy(() -> Patched.plan(patched.file(), "abs=default"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("abs: it is imported, and nothing in this file calls it any more");
    }

    @Test
    void withItsRelocationsTheDefaultOfSuchASlotIsKnown() throws IOException {
        Path program = stock(Build.PIE, "-fno-plt", "-Wl,--emit-relocs");

        Patched patched = Patched.of(program, "patched", "abs=labs");

        assertThat(Build.PIE.run(patched.file())).containsExactly("called -3", "other 4", "held -5");
        givesBack(program, patched);
    }

    private static void givesBack(Path program, Patched patched) throws IOException {
        Patched restored = Patched.of(patched.file(), "restored", "abs=default");
        assertThat(Files.mismatch(program, restored.file())).isEqualTo(-1);
    }
}
