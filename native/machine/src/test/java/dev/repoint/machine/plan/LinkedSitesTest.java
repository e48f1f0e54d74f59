package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that were linked in every way: each kind of site is patched to each outcome, the program runs and
/// prints what it should, and the default gives back the file as it was.
class LinkedSitesTest {

    private static final List<String> SOURCES = List.of("sites.c", "functions.c");
    private static final List<String> PLAIN = List.of(
            "call 98 1",
            "jump -2 1",
            "conditional -2 1",
            "pointer_call 98 1",
            "pointer_jump -2 1",
            "operation 98 1",
            "data_pointer -2 1",
            "untouched 96 100");

    /// Each program is built once.
    private static final Prepared<Build> PROGRAMS = new Prepared<>();

    /// What `objdump` sees in the program of the cases that run: they come build by build, and a listing is long.
    private static Listing original;

    private static Build seen;

    @TempDir
    private static Path programs;

    @TempDir
    private Path folder;

    private Path program(Build build) throws IOException {
        Path made = PROGRAMS.folder(programs, build, empty -> build.program(empty, SOURCES));
        return Files.copy(made.resolve("program"), folder.resolve("program"));
    }

    /// What was typed, and the lines that it changes.
    private enum Patch {
        ANOTHER(
                "work=other",
                "call 70 10",
                "jump -30 10",
                "conditional -30 10",
                "pointer_call 70 10",
                "pointer_jump -30 10",
                "operation 70 10",
                "data_pointer -30 10"),
        ZERO(
                "work=zero",
                "call 100 0",
                "jump 0 0",
                "conditional 0 0",
                "pointer_call 100 0",
                "pointer_jump 0 0",
                "operation 100 0",
                "data_pointer 0 0"),
        WRAPPING(
                "work=wrapping",
                "call 91 1001",
                "jump -9 1001",
                "conditional -9 1001",
                "pointer_call 91 1001",
                "pointer_jump -9 1001",
                "operation 91 1001",
                "data_pointer -9 1001"),
        POINTER("pointer=other", "pointer_call 70 10", "pointer_jump -30 10"),
        POINTER_ZERO("pointer=zero", "pointer_call 100 0", "pointer_jump 0 0"),
        MEMBER("operations+16=other", "operation 70 10"),
        MEMBER_ZERO("operations+16=zero", "operation 100 0"),
        ARRAY("stored+0=other", "data_pointer -30 10"),
        ARRAY_ZERO("stored=zero", "data_pointer 0 0"),
        TABLE("operations=other_operations", "operation 70 10");

        private final String change;
        private final List<String> lines;

        Patch(String change, String... lines) {
            this.change = change;
            this.lines = List.of(lines);
        }

        private String key() {
            return change.substring(0, change.indexOf('='));
        }

        private List<String> expected() {
            List<String> expected = new ArrayList<>(PLAIN);
            for (String line : lines) {
                String use = line.substring(0, line.indexOf(' ') + 1);
                expected.replaceAll(plain -> plain.startsWith(use) ? line : plain);
            }
            return expected;
        }
    }

    static Stream<Arguments> everyPatchOfEveryBuild() {
        return Stream.of(Build.values())
                .flatMap(build -> Stream.of(Patch.values()).map(patch -> Arguments.of(build, patch)));
    }

    @ParameterizedTest
    @MethodSource("everyPatchOfEveryBuild")
    void aPatchedProgramDoesWhatWasWishedAndTheDefaultGivesTheFileBack(Build build, Patch patch) throws IOException {
        Path program = program(build);
        assertThat(build.run(program)).isEqualTo(PLAIN);

        Patched patched = Patched.of(program, "patched", patch.change);

        assertThat(build.run(patched.file())).isEqualTo(patch.expected());
        seenByObjdump(build, program, patched);
        Patched again = Patched.of(patched.file(), "again", patch.change);
        assertThat(again.plan().isEmpty())
                .as("what leads there already does not change")
                .isTrue();
        Patched restored = Patched.of(patched.file(), "restored", patch.key() + "=default");
        assertThat(Files.mismatch(program, restored.file()))
                .as("the whole file is as it was")
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(Build.class)
    void aSiteThatDoesNothingCountsNothing(Build build) throws IOException {
        Path program = program(build);

        Patched patched = Patched.of(program, "patched", "work=nothing");

        assertThat(build.run(patched.file(), "counts"))
                .containsExactly(
                        "call 0",
                        "jump 0",
                        "conditional 0",
                        "pointer_call 0",
                        "pointer_jump 0",
                        "operation 0",
                        "data_pointer 0",
                        "untouched 100");
        seenByObjdump(build, program, patched);
        Patched restored = Patched.of(patched.file(), "restored", "work=default");
        assertThat(Files.mismatch(program, restored.file())).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(Build.class)
    void onePatchAfterAnotherEndsAsTheLastOneAlone(Build build) throws IOException {
        Path program = program(build);

        Patched zero = Patched.of(program, "zero", "work=zero", "spare=nothing");
        Patched other = Patched.of(zero.file(), "other", "work=other", "spare=default");

        Patched alone = Patched.of(program, "alone", "work=other");
        assertThat(Files.mismatch(alone.file(), other.file())).isEqualTo(-1);
        assertThat(build.run(other.file())).isEqualTo(Patch.ANOTHER.expected());
    }

    /// What a target left alone leads to the default, wherever it led before.
    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"PIE", "LLD", "ARM"})
    void aTargetThatWrapsTheDefaultReachesItAfterAnyOtherPatch(Build build) throws IOException {
        Path program = program(build);

        Patched zero = Patched.of(program, "zero", "work=zero");
        Patched wrapping = Patched.of(zero.file(), "wrapping", "work=wrapping");

        Patched alone = Patched.of(program, "alone", "work=wrapping");
        assertThat(Files.mismatch(alone.file(), wrapping.file())).isEqualTo(-1);
        assertThat(build.run(wrapping.file())).isEqualTo(Patch.WRAPPING.expected());
    }

    @ParameterizedTest
    @EnumSource(Build.class)
    void aVeneerStaysWhileAnotherSiteLeadsThere(Build build) throws IOException {
        Path program = program(build);

        Patched both = Patched.of(program, "both", "work=zero", "spare=zero");
        Patched one = Patched.of(both.file(), "one", "spare=default");

        assertThat(build.run(one.file())).isEqualTo(Patch.ZERO.expected());
        Patched none = Patched.of(one.file(), "none", "work=default");
        assertThat(Files.mismatch(program, none.file())).isEqualTo(-1);
    }

    /// Every instruction that the plan changes is the one that it says, and no other one changes.
    private static void seenByObjdump(Build build, Path program, Patched patched) throws IOException {
        if (seen != build) {
            original = Listing.of(build.objdump(), program);
            seen = build;
        }
        Listing before = original;
        Listing after = Listing.of(build.objdump(), patched.file());
        for (Edit edit : patched.plan().edits()) {
            if (edit.isCode() && !edit.section().isEmpty() && edit.site().contains(" in ")) {
                assertThat(Listing.first(patched.plan().before(edit)))
                        .isEqualTo(before.at(edit.address().value()));
                assertThat(Listing.first(patched.plan().after(edit)))
                        .isEqualTo(after.at(edit.address().value()));
            }
        }
        assertThat(before.differences(after))
                .allMatch(address -> patched.plan().edits().stream()
                        .anyMatch(edit -> edit.isCode()
                                && address >= edit.address().value()
                                && address < edit.address().value() + edit.length()));
    }
}
