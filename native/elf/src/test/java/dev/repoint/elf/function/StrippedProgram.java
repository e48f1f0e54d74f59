package dev.repoint.elf.function;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program with an exported and a hidden function, its debug file, and the program without symbols.
record StrippedProgram(Path folder) {

    private static final String SOURCE = """
        __attribute__((visibility("default"), noinline)) int shown(int x) { return x * 3 + 1; }
        __attribute__((noinline)) static int hidden(int x) { return x * NUMBER + shown(x); }
        __attribute__((noinline)) int other(int x) { return hidden(x) + 2; }
        int main(int count, char **arguments) { (void) arguments; return other(count) & 1; }
        """;

    static StrippedProgram in(Path folder, int number, String... flags) throws IOException {
        Tool.OBJCOPY.required();
        StrippedProgram program = new StrippedProgram(Files.createDirectories(folder));
        Files.writeString(folder.resolve("program.c"), SOURCE.replace("NUMBER", Integer.toString(number)));
        List<String> compile = new ArrayList<>(List.of(
                "gcc",
                "-O2",
                "-g",
                "-rdynamic",
                "-fvisibility=hidden",
                "-Wl,--build-id",
                "program.c",
                "-o",
                "program"));
        compile.addAll(List.of(flags));
        program.run(compile);
        program.run(List.of("objcopy", "--only-keep-debug", "program", "program.debug"));
        program.run(List.of("strip", "program", "-o", "stripped"));
        return program;
    }

    void run(List<String> command) throws IOException {
        Run.succeeding(folder, command);
    }

    /// The stripped program, which names its debug file.
    ElfFile linked() throws IOException {
        run(List.of("objcopy", "--add-gnu-debuglink=program.debug", "stripped", "linked"));
        return ElfFile.read(folder.resolve("linked"));
    }

    ElfFile stripped() throws IOException {
        return ElfFile.read(folder.resolve("stripped"));
    }

    Path debugFile() {
        return folder.resolve("program.debug");
    }

    /// Moves the debug file.
    void move(Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(debugFile(), to);
    }
}
