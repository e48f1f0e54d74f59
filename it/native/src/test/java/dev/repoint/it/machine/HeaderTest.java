package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The header in every standard of C and C++ that it is for, without a warning.
class HeaderTest {

    private static final List<String> WARNINGS =
            List.of("-Wall", "-Wextra", "-pedantic", "-Wredundant-decls", "-Wshadow", "-Wundef", "-Werror");

    @TempDir
    private Path folder;

    static Stream<Arguments> standards() {
        List<Arguments> standards = new ArrayList<>();
        for (String mode : List.of("", "-DREPOINT_POINTERS", "-DREPOINT_HIDDEN")) {
            for (String standard : List.of("c89", "c11", "gnu2x")) {
                standards.add(standard(Tool.GCC, standard, mode));
                standards.add(standard(Tool.CLANG, standard, mode));
            }
            for (String standard : List.of("c++98", "c++17", "gnu++2b")) {
                standards.add(standard(Tool.GXX, standard, mode));
                standards.add(standard(Tool.CLANGXX, standard, mode));
            }
        }
        return standards.stream();
    }

    @ParameterizedTest
    @MethodSource("standards")
    void compilesAndRuns(Tool compiler, String standard, String mode) throws IOException {
        compiler.required();
        boolean cxx = standard.contains("++");
        List<String> command = new ArrayList<>(List.of(compiler.command(), "-std=" + standard, "-O2"));
        command.addAll(WARNINGS);
        if (!mode.isEmpty()) {
            command.add(mode);
        }
        command.addAll(List.of("-I" + Sources.include(), "-o", "all"));
        command.add(Sources.folder("header").resolve(cxx ? "all.cc" : "all.c").toString());
        Run.succeeding(folder, command);
        assertThat(Run.succeeding(folder, List.of("./all")).output()).isEqualTo("11 22 3 4 5 66\n");
        boolean pointers = mode.contains("POINTERS");
        assertThat(ElfFile.read(folder.resolve("all")).notes())
                .filteredOn(note -> note.owner().equals("Repoint"))
                .extracting(note -> note.type())
                .containsExactlyInAnyOrder(pointers ? 3 : 1, pointers ? 3 : 1, pointers ? 3 : 1, 3, 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLANG", "CLANGXX"})
    void clangIsToldThatItHasNoNoipa(Tool compiler) throws IOException {
        Run run = compile(compiler.required(), "int f(int);\nREPOINT_NOIPA(f);\n");
        assertThat(run.exit()).isNotZero();
        assertThat(run.errors()).contains("REPOINT_NOIPA needs gcc 8 or later: use REPOINT_DEFINE");
    }

    @Test
    void aHookOfAnotherTypeThanItsDefaultDoesNotCompile() throws IOException {
        Run run = compile(
                Tool.GCC.required(), "int f(int x) { return x; }\nextern int hook(long);\nREPOINT_DECLARE(hook, f);\n");
        assertThat(run.exit()).isNotZero();
        assertThat(run.errors()).contains("conflicting types for", "hook");
    }

    @Test
    void aDefaultThatIsNotInTheFileDoesNotCompile() throws IOException {
        Run run = compile(Tool.GCC.required(), "int f(int x);\nREPOINT_DECLARE(hook, f);\nREPOINT_DEFINE(hook, f);\n");
        assertThat(run.exit()).isNotZero();
        assertThat(run.errors()).contains("aliased to undefined symbol");
    }

    private Run compile(Tool compiler, String source) throws IOException {
        boolean cxx = compiler == Tool.CLANGXX || compiler == Tool.GXX;
        Path file =
                Files.writeString(folder.resolve(cxx ? "wrong.cc" : "wrong.c"), "#include \"repoint.h\"\n" + source);
        return Run.in(folder, List.of(compiler.command(), "-c", "-I" + Sources.include(), file.toString()));
    }

    private static Arguments standard(Tool compiler, String standard, String mode) {
        return argumentSet(compiler.command() + " " + standard + " " + mode, compiler, standard, mode);
    }
}
