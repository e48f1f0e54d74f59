package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Shared libraries, whose own calls go through the procedure linkage table unless they were linked with
/// `-Bsymbolic`.
class LibraryTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "PIE, ''",
        "PIE, '-Wl,-Bsymbolic'",
        "PIE, -fno-plt",
        "NOW, ''",
        "GOLD, ''",
        "GOLD, '-Wl,-Bsymbolic'",
        "LLD, ''",
        "LLD, '-Wl,-Bsymbolic'",
        "LANDING_PADS, ''"
    })
    void theCallsOfALibraryArePatchedInTheLibrary(Build build, String flag) throws IOException {
        Path library = library(build, flag);
        List<String> plain = run(library);
        assertThat(plain).contains("call 98 1", "data_pointer -2 1");

        Patched patched = Patched.of(library, "patched.so", "work=other");
        assertThat(run(patched.file()))
                .containsExactly(
                        "call 70 10",
                        "jump -30 10",
                        "conditional -30 10",
                        "pointer_call 70 10",
                        "pointer_jump -30 10",
                        "operation 70 10",
                        "data_pointer -30 10",
                        "untouched 96 100");

        Patched zero = Patched.of(patched.file(), "zero.so", "work=zero");
        assertThat(run(zero.file()))
                .containsExactly(
                        "call 100 0",
                        "jump 0 0",
                        "conditional 0 0",
                        "pointer_call 100 0",
                        "pointer_jump 0 0",
                        "operation 100 0",
                        "data_pointer 0 0",
                        "untouched 96 100");

        Patched table = Patched.of(library, "table.so", "operations=other_operations");
        assertThat(run(table.file())).contains("call 98 1", "operation 70 10");

        for (Patched each : List.of(patched, zero)) {
            Patched restored = Patched.of(each.file(), "restored.so", "work=default");
            assertThat(Files.mismatch(library, restored.file())).isEqualTo(-1);
        }
        Patched restored = Patched.of(table.file(), "restored.so", "operations=default");
        assertThat(Files.mismatch(library, restored.file())).isEqualTo(-1);
    }

    private Path library(Build build, String flag) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "-fPIC",
                "-shared",
                "-Dmain=sites_main",
                "-UPLT",
                "-DPLT=\"@PLT\"",
                "-ffunction-sections",
                "-Wl,--emit-relocs"));
        if (!flag.isEmpty()) {
            flags.add(flag);
        }
        return build.library(folder, "libsites.so", List.of("sites.c", "functions.c"), flags);
    }

    /// Starts the library by a program that was linked with it.
    private List<String> run(Path library) throws IOException {
        Path folder = Files.createDirectories(library.resolveSibling(library.getFileName() + ".d"));
        Files.copy(library, folder.resolve("libsites.so"), StandardCopyOption.REPLACE_EXISTING);
        Run.succeeding(
                library.getParent(),
                List.of(
                        "gcc",
                        "start.c",
                        "-L" + folder,
                        "-lsites",
                        "-Wl,-rpath," + folder,
                        "-o",
                        folder.resolve("program").toString()));
        return Run.succeeding(folder, List.of(folder.resolve("program").toString()))
                .lines();
    }
}
