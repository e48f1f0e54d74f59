package dev.repoint.cli;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The program of the tests of running processes, in C: it answers each line by what its functions give now.
final class Answering {

    static final String BY_DEFAULT = "60 62 3 said";

    private static final String SOURCE = """
        #include <stdio.h>
        #include <string.h>
        int toupper(int);
        #define FUNCTION __attribute__((noipa))
        static char said[8];
        FUNCTION int price(int n) { return n * 30; }
        FUNCTION int cheap(int n) { return n * 15; }
        FUNCTION int tax(int n) { return n * 31; }
        FUNCTION int less_tax(int n) { return n * 2; }
        FUNCTION long wide(long a, char *b) { return a + b[0]; }
        FUNCTION void say(const char *s) { strcpy(said, s); }
        int (*volatile taxing)(int) = tax;
        int number = 3;
        int main(void) {
          char line[80];
          while (fgets(line, sizeof line, stdin)) {
            strcpy(said, "silent");
            say("said");
            printf("%d %d %d %s\\n", price(2), taxing(2), toupper('c') - 64, said);
            fflush(stdout);
          }
          return (int) wide(cheap(number) + less_tax(number), line);
        }
        """;

    private static final String FIX = """
        int price_fixed(int n) { return n * 7; }
        long wrong(char *p) { return p[0]; }
        """;

    /// What was built, by command.
    private static final Map<List<String>, byte[]> BUILT = new HashMap<>();

    private final Path folder;

    Answering(Path folder) {
        this.folder = folder;
    }

    /// Builds it with the documented flags, and more.
    Path program(String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Tool.GCC.required().command(),
                "-O2",
                "-g",
                "-ffunction-sections",
                "-Wl,--emit-relocs",
                "-w",
                "answering.c",
                "-o",
                "answering"));
        command.addAll(List.of(flags));
        return built("answering.c", SOURCE, "answering", command);
    }

    /// Builds a library with other functions.
    Path library() throws IOException {
        return built(
                "fix.c",
                FIX,
                "libfix.so",
                List.of(Tool.GCC.required().command(), "-O2", "-g", "-shared", "-fPIC", "fix.c", "-o", "libfix.so"));
    }

    /// Has the compiler build each once; other folders get copies.
    private Path built(String source, String text, String name, List<String> command) throws IOException {
        Files.writeString(folder.resolve(source), text);
        Path file = folder.resolve(name);
        byte[] known = BUILT.get(command);
        if (known == null) {
            Run.succeeding(folder, command);
            BUILT.put(command, Files.readAllBytes(file));
        } else {
            Files.write(file, known);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return file;
    }

    /// Starts a program, and waits until it answers: then it is not the shell any more that started it.
    Detached start(Path program) throws IOException {
        Detached started = Detached.start(Files.createTempDirectory(folder, "run"), program.toString());
        started.ask("?");
        return started;
    }
}
