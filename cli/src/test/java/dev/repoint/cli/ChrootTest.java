package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Processes that see other files than the command does: their root is another folder, or their files are gone.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ChrootTest {

    private static final String SOURCE = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <unistd.h>
        #define FUNCTION __attribute__((noipa))
        FUNCTION int val(int x) { return x; }
        FUNCTION int val2(int x) { return x + 100; }
        int main(int n, char **v) {
          char line[80];
          if (n > 1 && (chroot(v[1]) || chdir("/"))) return 1;
          while (fgets(line, sizeof line, stdin)) { printf("%d %d\\n", val(1), abs(-3)); fflush(stdout); }
          return val2(n);
        }
        """;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path program;

    @BeforeEach
    void build() throws IOException {
        folder = temporary.toRealPath();
        program = build(folder.resolve("chr"));
    }

    private Path build(Path to) throws IOException {
        Files.writeString(folder.resolve("chr.c"), SOURCE);
        Run.succeeding(
                folder,
                List.of(
                        Tool.GCC.required().command(),
                        "-O1",
                        "-ffunction-sections",
                        "-fno-builtin",
                        "-Wl,--emit-relocs",
                        "-Wl,--build-id",
                        "chr.c",
                        "-o",
                        to.toString()));
        return to;
    }

    private Path library(Path to) throws IOException {
        Files.writeString(folder.resolve("fix.c"), "int val_fixed(int x) { return x + 40; }\n");
        Run.succeeding(
                folder,
                List.of(
                        Tool.GCC.required().command(),
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-Wl,--build-id",
                        "fix.c",
                        "-o",
                        to.toString()));
        return to;
    }

    private static void requireRoot() {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may call chroot");
    }

    @Test
    void aProcessThatMovedIntoAFolderIsPatched() throws IOException {
        requireRoot();
        Path jail = Files.createDirectory(folder.resolve("jail"));
        try (Detached process = start(program.toString(), jail.toString())) {
            patchedAndReset(process);
            // Nothing of ours is below its root but this.
            Path library = library(jail.resolve("libfix.so"));
            repoint("set", pid(process), "val=val_fixed", "--load", library.toString());
            assertThat(process.ask("?")).isEqualTo("41 3");
            assertThat(repoint("status", pid(process)).out()).contains("chr:val ");
            repoint("reset", pid(process));
            assertThat(process.ask("?")).isEqualTo("1 3");

            Ran outside = Ran.repoint(
                    "set",
                    pid(process),
                    "val=val_fixed",
                    "--load",
                    library(folder.resolve("libfix2.so")).toString());
            assertThat(outside.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(outside.err())
                    .contains("is no file that process " + pid(process) + " sees")
                    .hasLineCount(1);
        }
    }

    @Test
    void aProgramThatWasStartedInAFolderIsPatched() throws IOException {
        requireRoot();
        Path jail = jail();
        try (Detached process = start("chroot", jail.toString(), "/bin/chr")) {
            patchedAndReset(process);
            repoint(
                    "set",
                    pid(process),
                    "val=val_fixed",
                    "--load",
                    library(jail.resolve("libfix.so")).toString());
            assertThat(process.ask("?")).isEqualTo("41 3");
        }
    }

    /// Outside of it another file may have the path that the process knows.
    @Test
    void aFileOutsideIsNotTakenForTheOneInside() throws IOException {
        requireRoot();
        Path jail = jail();
        Path inside = Files.createDirectories(jail.resolve(folder.toString().substring(1)));
        Files.move(jail.resolve("bin/chr"), inside.resolve("chr"));
        Files.writeString(program, "no program at all");
        try (Detached process = start("chroot", jail.toString(), program.toString())) {
            patchedAndReset(process);
        }
    }

    @Test
    void aProgramThatWasDeletedOrReplacedIsReadThroughTheKernel() throws IOException {
        try (Detached process = start(program.toString())) {
            Files.delete(program);
            patchedAndReset(process);
            Files.writeString(program, "another file of its name");
            patchedAndReset(process);
        }
    }

    @Test
    void aProgramIsReadThroughTheKernelByItsOwnUserToo() throws IOException {
        requireRoot();
        Path file = Path.of("target/lib/repoint-linux.jar").toAbsolutePath();
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> readable = new ArrayList<>(nobody);
        readable.addAll(List.of("sh", "-c", "test -r \"$0\" && test -r \"$1\"", java, file.toString()));
        Assumptions.assumeTrue(
                Run.in(Path.of("").toAbsolutePath(), readable).exit() == 0,
                "the JDK and this build are not readable by every user");
        Run.succeeding(folder, List.of("chmod", "-R", "a+rX", folder.toString()));
        List<String> command = new ArrayList<>(nobody);
        command.add(program.toString());
        try (Detached process = start(command.toArray(String[]::new))) {
            Files.delete(program);
            List<String> set = new ArrayList<>(nobody);
            set.addAll(List.of(
                    java,
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    "target/classes:target/lib/*",
                    Main.class.getName(),
                    "set",
                    pid(process),
                    "val=val2"));
            Run.succeeding(Path.of("").toAbsolutePath(), set);
            assertThat(process.ask("?")).isEqualTo("101 3");
        }
    }

    /// A folder with the program, and the libraries that it needs.
    private Path jail() throws IOException {
        Path jail = Files.createDirectory(folder.resolve("jail"));
        for (String line :
                Run.succeeding(folder, List.of("ldd", program.toString())).lines()) {
            int slash = line.indexOf('/');
            if (slash >= 0) {
                Path library = Path.of(line.substring(slash, line.indexOf(' ', slash)));
                Path copy = jail.resolve(library.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(library, copy);
            }
        }
        Files.createDirectory(jail.resolve("bin"));
        Files.copy(program, jail.resolve("bin/chr"));
        return jail;
    }

    private static void patchedAndReset(Detached process) throws IOException {
        String pid = pid(process);
        assertThat(process.ask("?")).isEqualTo("1 3");
        repoint("set", pid, "val=val2", "abs=zero");
        assertThat(process.ask("?")).isEqualTo("101 0");
        assertThat(repoint("status", pid).out()).contains("chr:val ", "chr:abs");
        assertThat(repoint("sites", pid, "--patchable", "libc.so.6:abs").exit()).isZero();
        assertThat(repoint("doctor", pid).out()).doesNotContain("note  files");
        repoint("reset", pid);
        assertThat(process.ask("?")).isEqualTo("1 3");
    }

    private Detached start(String... command) throws IOException {
        Detached started = Detached.start(Files.createTempDirectory(folder, "run"), command);
        assertThat(started.ask("?")).isEqualTo("1 3");
        return started;
    }

    private static String pid(Detached program) {
        return Long.toString(program.pid());
    }

    private static Ran repoint(String... command) {
        Ran ran = Ran.repoint(command);
        assertThat(ran.exit())
                .as(String.join(" ", command) + "\n" + ran.out() + ran.err())
                .isZero();
        return ran;
    }
}
