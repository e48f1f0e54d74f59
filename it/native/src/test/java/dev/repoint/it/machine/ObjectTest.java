package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls pointed elsewhere in an object file, before the ordinary link: no flag of the linker is needed, and
/// only the calls of that file change.
class ObjectTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GCC,-O2",
        "GCC,-Os -fPIC -fno-plt",
        "GCC,-O3 -ffunction-sections",
        "CLANG,-O2",
        "CLANG,-O3 -fPIC -ffunction-sections",
        "AARCH64_GCC,-O2",
        "AARCH64_CLANG,-O2 -ffunction-sections"
    })
    void theLinkFinishesThePatch(Compiler compiler, String flags) throws IOException {
        compiler.required();
        compile(compiler, flags, "defaults.c", "callers.c");
        compile(compiler, flags, "main.c");
        link(compiler, "program", "callers.o");
        assertThat(output(compiler, "program")).isEqualTo("""
            107 103 102 149 150 103 101 103 106 92
            207 203 202 249 250 203 201 203 206
            """);

        Patched.write(
                folder.resolve("callers.o"),
                folder.resolve("patched.o"),
                "tiny=sale",
                "twin_one=zero",
                "empty=nothing",
                "mode=twin_two");
        link(compiler, "patched", "patched.o");
        assertThat(output(compiler, "patched")).isEqualTo("""
            107 103 102 149 150 103 101 103 106 92
            207 7202 202 201 250 247 201 203 206
            """);
    }

    private void compile(Compiler compiler, String flags, String... files) throws IOException {
        List<String> command = new ArrayList<>(compiler.c());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-I" + Sources.include(), "-c"));
        for (String file : files) {
            command.add(Sources.folder("hooks").resolve(file).toString());
        }
        Run.succeeding(folder, command);
    }

    private void link(Compiler compiler, String out, String callers) throws IOException {
        Files.writeString(folder.resolve("sale.c"), "int sale(int x) { return x + 7000; }\n");
        List<String> command = new ArrayList<>(compiler.c());
        command.addAll(List.of("-O2", "defaults.o", callers, "main.o", "sale.c", "-o", out));
        Run.succeeding(folder, command);
    }

    private String output(Compiler compiler, String program) throws IOException {
        return Run.succeeding(folder, compiler.run(".", folder.resolve(program).toString()))
                .output();
    }
}
