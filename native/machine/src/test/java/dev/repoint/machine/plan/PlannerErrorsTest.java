package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A patch that cannot be made is told in one line: the file, the key, the site, the reason, and what to do.
class PlannerErrorsTest {

    private static final List<String> SOURCES = List.of("sites.c", "functions.c");

    @TempDir
    private static Path folder;

    private static Path program;

    @BeforeAll
    static void build() throws IOException {
        program = Build.PIE.program(Files.createDirectory(folder.resolve("program")), SOURCES);
    }

    private static void refused(Path file, List<String> changes, String... parts) {
        assertThatThrownBy(() -> Patched.plan(file, changes.toArray(String[]::new)))
                .isInstanceOfSatisfying(PlanException.class, failure -> {
                    assertThat(failure.getMessage())
                            .startsWith(file + ": ")
                            .contains(parts)
                            .hasLineCount(1);
                    assertThat(failure.key()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        wrok=other                    | wrok: there is no such function or pointer in this file; did you mean work?
        work=otter                    | work: there is no function otter in this file; did you mean other?
        work=operations               | work: the target operations is a variable, not a function
        operations=other              | operations: it holds 2 pointers, and other is no variable
        operations=other              | write one of them as operations+0=other
        operations=pointer            | operations: it has 24 bytes and pointer has 8
        operations+3=other            | operations+3: there is no pointer to a function there
        count=other                   | count: there is no pointer to a function there
        work=work                     | work: the target is the patchable itself; write work=default to give back its default
        main=other                    | main: its only use cannot be redirected: address at 0x
        """)
    void whatIsWrongWithAKeyOrItsTarget(String change, String part) {
        refused(program, List.of(change), part);
    }

    @Test
    void twoChangesOfOneSiteAreRefused() {
        refused(program, List.of("work=other", "work=zero"), "work: ", " at 0x", "is to become two things at once");
        refused(program, List.of("pointer=other", "work=spare"), "data-pointer at 0x", "is changed by pointer as well");
        refused(
                program,
                List.of("operations=other_operations", "operations+16=spare"),
                "operations+16: ",
                "is to become two things");
    }

    /// Other patchables may have the entry of an import as their target.
    @Test
    void anImportThatIsATargetIsNotPatchedAtItsEntry() throws IOException {
        Path stock = Build.PIE.link(
                Files.createDirectories(folder.resolve("imports")), "program", List.of("imports.c"), List.of());

        refused(stock, List.of("abs=labs", "labs=mine"), "labs@GLIBC", "another patchable has labs");
        Path patched = Patched.of(stock, "patched", "abs=labs").file();
        refused(patched, List.of("labs=mine"), "labs@GLIBC", "another patchable has labs");
        assertThat(Build.PIE.run(
                        Patched.of(patched, "both", "abs=mine", "labs=zero").file()))
                .containsExactly("called 997", "other 0", "held 995");
    }

    @Test
    void twoChangesThatWantTheSameAreOne() throws IOException {
        Plan plan = Patched.plan(program, "work=other", "pointer=other");

        assertThat(plan.keys()).hasSize(2);
        assertThat(plan.edits()).doesNotHaveDuplicates();
    }

    @Test
    void theMissingFlagIsNamed() throws IOException {
        Path stock = Build.PIE.link(Files.createDirectories(folder.resolve("stock")), "program", SOURCES, List.of());

        refused(stock, List.of("work=other"), "work: ", "-Wl,--emit-relocs");
    }

    @Test
    void aTargetThatChoosesAnotherFunctionIsRefused() throws IOException {
        Path where = Files.createDirectories(folder.resolve("chooser"));
        Files.writeString(where.resolve("chooser.c"), """
            int work(int x);
            static int fast(int x) { return x; }
            static void *choose(void) { return fast; }
            int chosen(int x) __attribute__((ifunc("choose")));
            int user(int x) { return chosen(x); }
            """);
        Path chooser = Build.PIE.program(where, List.of("sites.c", "functions.c", "chooser.c"));

        refused(chooser, List.of("work=chosen"), "work: the target chosen is an indirect function");
    }

    /// What only chooses a function can be a key all the same: its calls are patched, and its slot stays.
    @Test
    void theCallsOfAFunctionThatChoosesArePatched() throws IOException {
        Path where = Files.createDirectories(folder.resolve("chosen"));
        Files.writeString(where.resolve("chosen.c"), """
            #include <stdio.h>
            static int fast(int x) { return x; }
            int slow(int x) { return -x; }
            static void *choose(void) { return fast; }
            int chosen(int x) __attribute__((ifunc("choose")));
            int (*volatile held)(int) = chosen;
            int main(void) { printf("%d %d\\n", chosen(1), held(2)); return 0; }
            """);
        for (Build build : List.of(Build.PIE, Build.STATIC, Build.LLD)) {
            Path file = build.program(where, List.of("chosen.c"));
            assertThat(build.run(file)).containsExactly("1 2");

            Patched patched = Patched.of(file, "patched", "chosen=slow");

            assertThat(build.run(patched.file()).getFirst()).startsWith("-1 ");
            Patched restored = Patched.of(patched.file(), "restored", "chosen=default");
            assertThat(Files.mismatch(file, restored.file())).isEqualTo(-1);
        }
    }

    @Test
    void aTableOfAnotherFileIsRefused() throws IOException {
        Path other = Build.PIE.program(
                Files.createDirectories(folder.resolve("other")), SOURCES, "-O1", "-Wl,--build-id=none");
        Path same = Build.PIE.program(Files.createDirectories(folder.resolve("same")), SOURCES, "-Wl,--build-id=none");
        SiteTable table = Collector.collect(ElfFile.read(other));
        ElfFile elf = ElfFile.read(same);

        assertThatThrownBy(() -> Planner.plan(elf, table, List.of(Change.parse("work=other"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the table of sites is that of another file");
    }

    @Test
    void aTableOfAnotherBuildIsRefused() throws IOException {
        Path other = Build.PIE.program(
                Files.createDirectories(folder.resolve("other-build")), SOURCES, "-O1", "-Wl,--build-id");
        ElfFile elf = ElfFile.read(
                Build.PIE.program(Files.createDirectories(folder.resolve("same-build")), SOURCES, "-Wl,--build-id"));
        SiteTable table = Collector.collect(ElfFile.read(other));

        assertThatThrownBy(() -> Planner.plan(elf, table, List.of(Change.parse("work=other"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the table of sites is that of the build");
    }

    @Test
    void aPlainFunctionIsWarnedOfAndAHookIsNot() throws IOException {
        Plan plan = Patched.plan(program, "work=other");

        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .startsWith("work is not safe to patch: ")
                .contains("-fipa-ra");
    }

    @Test
    void usesThatStayAreTold() throws IOException {
        Plan wrapping = Patched.plan(program, "work=wrapping");

        assertThat(wrapping.keys().getFirst().unchangedSites())
                .singleElement()
                .satisfies(
                        left -> assertThat(left.site()).startsWith("call at 0x").endsWith(" in wrapping"))
                .satisfies(left -> assertThat(left.reason()).contains("it is in the target itself"));
    }

    @Test
    void membersThatAreNoPointersStayAndAreTold() throws IOException {
        Path where = Files.createDirectories(folder.resolve("unlike"));
        Build.PIE.program(where, SOURCES);
        Path functions = where.resolve("functions.c");
        Files.writeString(
                functions, Files.readString(functions).replace("other_operations = {1", "other_operations = {2"));
        Files.move(functions, where.resolve("unlike.c"));
        Path file = Build.PIE.program(where, List.of("sites.c", "unlike.c"));

        Plan plan = Patched.plan(file, "operations=other_operations");

        assertThat(plan.keys().getFirst().unchangedSites())
                .containsExactly(new UnchangedSite(
                        "operations+0",
                        "it is no pointer to a function, and stays other than that of other_operations"));
    }
}
