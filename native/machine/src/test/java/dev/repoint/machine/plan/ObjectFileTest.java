package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Prepared;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Object files: a patched one is linked by every linker as any other one, and the program prints what it
/// should.
class ObjectFileTest {

    /// Each object file is compiled once.
    private static final Prepared<Build> OBJECTS = new Prepared<>();

    @TempDir
    private static Path objects;

    @TempDir
    private Path folder;

    private void compiled(Build build) throws IOException {
        Path compiled = OBJECTS.folder(objects, build, made -> {
            build.object(made, "sites.c", "-ffunction-sections");
            build.object(made, "functions.c", "-ffunction-sections");
        });
        for (String name : List.of("sites.o", "functions.o")) {
            Files.copy(compiled.resolve(name), folder.resolve(name));
        }
    }

    /// What was typed, for which object file, and some lines that are printed then.
    private enum Patch {
        KNOWN(
                "sites.c",
                "work=spare",
                "call 96 100",
                "jump -4 100",
                "conditional -4 100",
                "data_pointer -4 100",
                "pointer_call 98 1",
                "operation 98 1",
                "untouched 96 100"),
        ADDED(
                "sites.c",
                "work=other",
                "call 70 10",
                "jump -30 10",
                "conditional -30 10",
                "data_pointer -30 10",
                "pointer_call 98 1",
                "untouched 96 100"),
        ZERO(
                "sites.c",
                "work=zero",
                "call 100 0",
                "jump 0 0",
                "conditional 0 0",
                "data_pointer 0 0",
                "untouched 96 100"),
        STORED(
                "functions.c",
                "work=spare",
                "call 98 1",
                "pointer_call 96 100",
                "pointer_jump -4 100",
                "operation 96 100"),
        STORED_ZERO(
                "functions.c", "work=zero", "call 98 1", "pointer_call 100 0", "pointer_jump 0 0", "operation 100 0"),
        WRAPPING("sites.c", "work=wrapping", "call 91 1001", "jump -9 1001", "conditional -9 1001"),
        TABLE("functions.c", "operations=other_operations", "call 98 1", "operation 70 10"),
        POINTER("sites.c", "pointer=other", "call 98 1", "pointer_call 70 10", "pointer_jump -30 10", "operation 98 1"),
        POINTER_ZERO("sites.c", "pointer=zero", "pointer_call 100 0", "pointer_jump 0 0", "operation 98 1");

        private final String source;
        private final String change;
        private final String[] lines;

        Patch(String source, String change, String... lines) {
            this.source = source;
            this.change = change;
            this.lines = lines;
        }

        private String object() {
            return source.replace(".c", ".o");
        }

        /// There are no sites of a pointer of another file where it is read into a register: on AArch64, and
        /// where clang takes its address from a slot.
        private boolean isOn(Build build) {
            return !change.startsWith("pointer=") || !build.isArm() && build != Build.CLANG && build != Build.LLD;
        }
    }

    static Stream<Arguments> everyPatchOfEveryBuild() {
        return Stream.of(Build.values())
                .flatMap(build -> Stream.of(Patch.values())
                        .filter(patch -> patch.isOn(build))
                        .map(patch -> Arguments.of(build, patch)));
    }

    @ParameterizedTest
    @MethodSource("everyPatchOfEveryBuild")
    void aPatchedObjectFileIsLinkedAsAnyOther(Build build, Patch patch) throws IOException {
        compiled(build);

        Path patched = Patched.of(folder.resolve(patch.object()), "patched.o", patch.change)
                .file();

        nothingWrongIsSeen(patch.object());
        Files.move(patched, folder.resolve(patch.object()), StandardCopyOption.REPLACE_EXISTING);
        Path program = build.link(folder, "program", List.of("sites.o", "functions.o"), List.of());
        assertThat(build.run(program)).contains(patch.lines);
    }

    /// `readelf` says nothing about the patched file that it does not say about the original.
    private void nothingWrongIsSeen(String object) throws IOException {
        Run patched = Run.succeeding(folder, List.of("readelf", "-aW", "--lint", "patched.o"));
        Run original = Run.succeeding(folder, List.of("readelf", "-aW", "--lint", object));
        assertThat(original.errors().lines().toList())
                .containsAll(patched.errors().lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIE", "CLANG", "ARM"})
    void aTargetThatTheFileDoesNotKnowIsAddedOnce(Build build) throws IOException {
        Path object = build.object(folder, "sites.c", "-ffunction-sections");

        Path patched = Patched.of(object, "patched.o", "work=brand_new", "spare=brand_new")
                .file();

        List<String> symbols = Run.succeeding(folder, List.of("readelf", "-sW", patched.toString()))
                .lines();
        assertThat(symbols)
                .filteredOn(line -> line.endsWith(" brand_new"))
                .singleElement()
                .asString()
                .contains("GLOBAL", "UND");
    }

    @Test
    void inOneSectionCallsOfLocalFunctionsHaveNoRelocation() throws IOException {
        Path source = Files.writeString(folder.resolve("local.c"), """
            __attribute__((noinline, noclone)) static int local(int x) { __asm__ volatile(""); return x + 1; }
            int other(int x) { return x; }
            int use(int x) { return local(x) + 1; }
            """);
        Path object = Build.PIE.object(folder, source.getFileName().toString());

        assertThatThrownBy(() -> Patched.plan(object, "local=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("local: ")
                .hasMessageContaining("-ffunction-sections");
    }

    @Test
    void codeForLinkTimeOptimisationIsRefused() throws IOException {
        Path object = Build.PIE.object(folder, "sites.c", "-flto", "-ffat-lto-objects");

        assertThatThrownBy(() -> Patched.plan(object, "work=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("link-time optimisation")
                .hasMessageContaining("without -flto");
    }

    @Test
    void aSectionOfAGroupIsWarnedOf() throws IOException {
        Tool.GXX.required();
        Files.writeString(folder.resolve("group.cc"), """
            extern "C" int work(int);
            template<class T> int twice(T x) { return work(x) + work(x + 1); }
            int use(int x) { return twice(x) + twice((long) x); }
            """);
        Run.succeeding(folder, List.of("g++", "-O1", "-fno-inline", "-c", "group.cc"));

        Plan plan = Patched.plan(folder.resolve("group.o"), "work=other");

        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("COMDAT"));
        assertThat(plan.keys().getFirst().changed()).isEqualTo(4);
    }

    @Test
    void moreThan65280SectionsHaveATableOfTheirIndexes() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 33_000; i++) {
            lines.add(".section .text.f" + i + ",\"ax\",@progbits; f" + i + ": call work; ret");
        }
        Files.write(folder.resolve("many.s"), lines);
        Run.succeeding(folder, List.of("gcc", "-c", "many.s"));
        Path object = folder.resolve("many.o");

        Path patched = Patched.of(object, "patched.o", "work=brand_new").file();

        Run run = Run.succeeding(folder, List.of("readelf", "-sW", "--lint", patched.toString()));
        assertThat(run.errors()).doesNotContain("Error");
        assertThat(run.lines()).filteredOn(line -> line.endsWith(" brand_new")).hasSize(1);
        List<String> relocations = Run.succeeding(folder, List.of("readelf", "-rW", patched.toString()))
                .lines();
        assertThat(relocations)
                .filteredOn(line -> line.contains("brand_new - 4"))
                .hasSize(33_000);
    }

    @Test
    void whatAnObjectFileLedToBeforeIsNotKept() throws IOException {
        Path object = Build.PIE.object(folder, "sites.c", "-ffunction-sections");
        Path patched = Patched.of(object, "patched.o", "work=other").file();

        assertThatThrownBy(() -> Patched.plan(patched, "work=default"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("work: ")
                .hasMessageContaining("take the original object file");
    }
}
