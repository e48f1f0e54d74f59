package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code for the large model of x86-64 computes addresses from distances of 64 bits. A patch tells of it, and
/// changes what it can.
class LargeModelTest {

    private static final String REASON = "-mcmodel=large";

    @TempDir
    private Path folder;

    @BeforeEach
    void copySources() throws IOException {
        Tool.GCC.required();
        for (String name : List.of("large.c", "large_main.c")) {
            try (InputStream source = LargeModelTest.class.getResourceAsStream(name)) {
                Files.write(
                        folder.resolve(name),
                        java.util.Objects.requireNonNull(source, name).readAllBytes());
            }
        }
    }

    private Path object(String name, String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("gcc", "-O1", "-fno-builtin", "-w", "-ffunction-sections", "-c", name));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return folder.resolve(name.replace(".c", ".o"));
    }

    private Path program(String model, String position, String link) throws IOException {
        object("large.c", position, "-mcmodel=" + model);
        object("large_main.c", position);
        Run.succeeding(folder, List.of("gcc", link, "-Wl,--emit-relocs", "large.o", "large_main.o", "-o", "program"));
        return folder.resolve("program");
    }

    private List<String> run(Path program) throws IOException {
        return Run.succeeding(folder, List.of(program.toString())).lines();
    }

    private static List<String> left(Patched patched) {
        return patched.plan().keys().stream()
                .flatMap(key -> key.unchangedSites().stream())
                .map(UnchangedSite::reason)
                .toList();
    }

    @Test
    void callsAndAddressesOfPositionIndependentCodeAreListedAsLeft() throws IOException {
        for (String position : List.of("-fPIE", "-fPIC")) {
            Patched patched = Patched.of(program("large", position, "-pie"), "patched", "val=val2");

            assertThat(run(patched.file()))
                    .containsExactly("near 101", "calls 2", "jumps 1", "takes 1", "pointer 101", "imports 2");
            assertThat(left(patched))
                    .singleElement()
                    .asString()
                    .contains(REASON)
                    .contains("3 places");
        }
    }

    @Test
    void addressesOfCodeAtAFixedPlaceAreListedAsLeft() throws IOException {
        Patched patched = Patched.of(program("large", "-fno-pie", "-no-pie"), "patched", "val=val2");

        assertThat(run(patched.file()))
                .containsExactly("near 101", "calls 2", "jumps 1", "takes 1", "pointer 101", "imports 2");
        assertThat(left(patched)).hasSize(3).allMatch(each -> each.contains("takes the address"));
    }

    /// They reach it by its entry in the procedure linkage table, or its slot.
    @Test
    void importsFollowThePatchAndNothingIsLeft() throws IOException {
        for (String position : List.of("-fPIE", "-fPIC")) {
            Patched patched = Patched.of(program("large", position, "-pie"), "patched", "abs=val2");

            assertThat(run(patched.file())).contains("imports 100");
            assertThat(left(patched)).isEmpty();
        }
    }

    @Test
    void whatOnlySuchCodeUsesIsRefusedWithTheReason() throws IOException {
        object("large_main.c", "-fPIE", "-mcmodel=large");
        object("large.c", "-fPIE");
        Run.succeeding(folder, List.of("gcc", "-pie", "-Wl,--emit-relocs", "large.o", "large_main.o", "-o", "program"));

        assertThatThrownBy(() -> Patched.plan(folder.resolve("program"), "calls=jumps"))
                .hasMessageContaining("cannot be redirected")
                .hasMessageContaining(REASON);
    }

    @Test
    void anObjectFileTellsThemToo() throws IOException {
        Path object = object("large.c", "-fPIE", "-mcmodel=large");

        assertThat(left(Patched.of(object, "patched.o", "val=val2")))
                .singleElement()
                .asString()
                .contains(REASON);
        assertThatThrownBy(() -> Patched.plan(object, "abs=val2")).hasMessageContaining(REASON);
    }

    @Test
    void theMediumModelCallsAsTheSmallOneDoes() throws IOException {
        Patched patched = Patched.of(program("medium", "-fPIE", "-pie"), "patched", "val=val2");

        assertThat(run(patched.file()))
                .containsExactly("near 101", "calls 102", "jumps 101", "takes 1", "pointer 101", "imports 2");
        assertThat(left(patched)).singleElement().asString().contains("takes the address");
    }
}
