package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Targets that do not fit are refused where debug information tells, and warned of where nothing does.
class UnfitTargetsTest {

    private static final String SOURCE = """
        #include <stdio.h>
        #include <stdlib.h>
        #define FUNCTION __attribute__((noipa))
        struct big { long a, b, c; };
        FUNCTION double price(int x) { return x * 1.5; }
        FUNCTION struct big make(int x) { struct big b = {x, x, x}; return b; }
        FUNCTION int number(int x) { return x; }
        FUNCTION int *same(int *x) { return x; }
        FUNCTION __attribute__((noreturn)) void end(int x) { exit(x); }
        int main(int count, char **arguments) {
            char line[80];
            while (fgets(line, sizeof line, stdin)) {
                if (count > 9) end(count);
                printf("%.1f %ld %d %d\\n", price(2), make(2).b, number(2), same(&count) != NULL);
                fflush(stdout);
            }
            return 0;
        }
        """;

    @TempDir
    private Path folder;

    private String program(String debug) throws IOException {
        Files.writeString(folder.resolve("unfit.c"), SOURCE);
        Run.succeeding(
                folder,
                List.of(
                        Tool.GCC.required().command(),
                        debug,
                        "-O1",
                        "-w",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "unfit.c",
                        "-o",
                        "unfit"));
        return folder.resolve("unfit").toString();
    }

    private static void refused(String subject, String change, String reason) {
        Ran ran = subject.contains("/")
                ? Ran.repoint("patch", subject, change, "--dry-run")
                : Ran.repoint("set", subject, change);
        assertThat(ran.exit()).as(change).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).hasLineCount(1).contains(reason, "--force");
    }

    private static void refusedAll(String subject) {
        refused(subject, "price=zero", "returns double");
        refused(subject, "make=zero", "returns struct big");
        refused(subject, "end=zero", "never returns");
        refused(subject, "end=nothing", "never returns");
        refused(subject, "price=number", "is of type double (int) and the target number of type int (int)");
    }

    @Test
    void inAFile() throws IOException {
        String program = program("-g");

        refusedAll(program);
        assertThat(Ran.repoint("patch", program, "number=zero", "same=zero", "--dry-run")
                        .exit())
                .isZero();
        assertThat(Ran.repoint("patch", program, "price=zero", "--force", "--dry-run")
                        .exit())
                .isZero();
    }

    @Test
    void withoutDebugInformationOneLineWarns() throws IOException {
        String program = program("-g0");

        Ran zero = Ran.repoint("patch", program, "price=zero", "--dry-run");
        Ran other = Ran.repoint("patch", program, "price=number", "--dry-run");

        assertThat(zero.err())
                .hasLineCount(1)
                .contains("price is not safe to patch: plain", "the type of its result is not known");
        assertThat(other.err()).hasLineCount(1).contains("it is not known whether number is of its type");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void inAProcess() throws IOException {
        try (Detached started = Detached.start(Files.createDirectory(folder.resolve("run")), program("-g"))) {
            assertThat(started.ask("?")).isEqualTo("3.0 2 2 1");
            String pid = Long.toString(started.pid());

            refusedAll(pid);
            Ran set = Ran.repoint("set", pid, "number=zero");
            assertThat(set.exit()).as(set.err()).isZero();
            assertThat(set.err()).doesNotContain("not known");
            assertThat(started.ask("?")).isEqualTo("3.0 2 0 1");
        }
    }

    /// Calls in the target itself reach the default, so they are not counted; a function that is to lead to
    /// itself is refused.
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void filesAndProcessesCountAlike() throws IOException {
        String program = program("-g0");
        assertThat(Ran.repoint("patch", program, "number=main", "--dry-run").err())
                .contains("in the target itself");
        Ran patch = Ran.repoint("patch", program, "number=number", "--dry-run");
        assertThat(patch.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(patch.err()).contains("number: the target is the patchable itself; write number=default");
        try (Detached started = Detached.start(Files.createDirectory(folder.resolve("run")), program)) {
            assertThat(started.ask("?")).isEqualTo("3.0 2 2 1");
            String pid = Long.toString(started.pid());

            assertThat(Ran.repoint("set", pid, "number=main").err()).contains("in the target main itself");
            Ran set = Ran.repoint("set", pid, "number=number");
            assertThat(set.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(set.err()).contains("number: the target is the patchable itself; write number=default");
        }
    }
}
