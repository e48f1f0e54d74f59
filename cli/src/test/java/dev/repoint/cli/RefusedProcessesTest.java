package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Processes that cannot be patched, or not by this user, are refused by each command in one line that says
/// why.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RefusedProcessesTest {

    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    /// Writes what it reads, by the system calls of 32 bits.
    private static final String NARROW = """
        .globl _start
        .lcomm line, 80
        _start: mov $3, %eax
                mov $0, %ebx
                mov $line, %ecx
                mov $80, %edx
                int $0x80
                mov %eax, %edx
                cmp $0, %eax
                jle end
                mov $4, %eax
                mov $1, %ebx
                int $0x80
                jmp _start
        end:    mov $1, %eax
                mov $0, %ebx
                int $0x80
        """;

    private static final String FOREIGN = """
        #include <stdio.h>
        int price(int n) { return n * 30; }
        int main(void) {
          char line[80];
          while (fgets(line, sizeof line, stdin)) { printf("%d\\n", price(2)); fflush(stdout); }
          return 0;
        }
        """;

    private static final String SECRET = """
        #include <stdio.h>
        #include <sys/prctl.h>
        int main(void) {
          char line[80];
          prctl(PR_SET_DUMPABLE, 0);
          while (fgets(line, sizeof line, stdin)) { puts("secret"); fflush(stdout); }
          return 0;
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void aProgramOf32BitsIsNoneOfOurs() throws IOException {
        Path source = Files.writeString(folder.resolve("narrow.s"), NARROW);
        Path program = folder.resolve("narrow");
        Run.succeeding(
                folder,
                List.of(
                        Tool.GCC.required().command(),
                        "-m32",
                        "-nostdlib",
                        "-static",
                        source.toString(),
                        "-o",
                        program.toString()));
        Assumptions.assumeTrue(
                Run.in(folder, List.of(program.toString())).exit() == 0, "this kernel runs no programs of 32 bits");
        try (Detached narrow = Detached.start(folder, program.toString())) {
            assertThat(narrow.ask("?")).isEqualTo("?");
            refusedByAll(narrow.pid(), "(narrow) runs a program of 32 bits; Repoint patches programs of 64 bits");
        }
    }

    @Test
    void whatAnEmulatorRunsIsNotTakenForTheEmulator() throws IOException {
        Path source = Files.writeString(folder.resolve("foreign.c"), FOREIGN);
        Path program = folder.resolve("foreign");
        Run.succeeding(
                folder,
                List.of(Tool.AARCH64_GCC.required().command(), "-static", source.toString(), "-o", program.toString()));
        try (Detached emulator =
                Detached.start(folder, Tool.QEMU_AARCH64.required().command(), program.toString())) {
            assertThat(emulator.ask("?")).isEqualTo("60");
            String pid = Long.toString(emulator.pid());
            String reason = program + ") is for another machine than x86-64 and cannot be patched";
            refused(reason, "set", pid, "price=zero");
            refused(reason, "reset", pid, "price");
            assertThat(Ran.repoint("sites", pid).err())
                    .contains(program + ": it is for another machine; programs in an emulator cannot be patched");
            assertThat(Ran.repoint("doctor", pid).out()).contains("note  files    " + program + ": it is for another");
            assertThat(emulator.ask("?")).isEqualTo("60");
        }
    }

    @Test
    void aProcessThatHasEndedIsToldFromOneThatRuns() throws IOException {
        // The shell would ask how the child ended; what it becomes does not.
        Process parent = new ProcessBuilder(
                        "sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 600 > /dev/null")
                .start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            await(parent.pid(), "comm", "sleep\n");
            parent.outputWriter().append('\n').flush();
            await(pid, "status", "\nState:\tZ");
            refusedByAll(pid, "has ended: it is a zombie that process " + parent.pid() + " has not waited for");
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessThatADebuggerHoldsIsLookedAtButNotChanged() throws Exception {
        Tool.GDB.required();
        Answering answering = new Answering(folder);
        try (Detached program = answering.start(answering.program())) {
            String pid = Long.toString(program.pid());
            assertThat(Ran.repoint("set", pid, "price=cheap").exit()).isEqualTo(ExitCode.OK);
            Process gdb = new ProcessBuilder("gdb", "-q", "-nx", "-p", pid)
                    .redirectErrorStream(true)
                    .start();
            try {
                gdb.outputWriter().append("echo attached\\n\n").flush();
                assertThat(gdb.inputReader().lines().anyMatch(line -> line.contains("attached")))
                        .isTrue();
                String reason = "a debugger is attached: gdb (process " + gdb.pid() + "); detach it first";
                refused(reason, "set", pid, "price=zero");
                refused(reason, "reset", pid);
                assertThat(Ran.repoint("status", pid).out()).contains("answering:price  cheap ");
                assertThat(Ran.repoint("doctor", pid).out())
                        .contains("OFF   debugger gdb (process " + gdb.pid() + ") is attached");
            } finally {
                gdb.destroyForcibly().waitFor();
            }
            assertThat(Ran.repoint("reset", pid).exit()).isEqualTo(ExitCode.OK);
            assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        }
    }

    @Test
    void aProcessOfAnotherUserIsRefused() throws IOException {
        requireNobody();
        Answering answering = new Answering(folder);
        try (Detached program = answering.start(answering.program())) {
            refusedToNobody(
                    program.pid(),
                    "(answering) of user 0 must not be looked into by this user; run repoint as that"
                            + " user or as root, in a container with --cap-add=SYS_PTRACE");
            assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        }
    }

    @Test
    void aProcessThatKeepsDebuggersOutIsRefusedToItsOwnUser() throws IOException {
        requireNobody();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path source = Files.writeString(folder.resolve("secret.c"), SECRET);
        Path program = folder.resolve("secret");
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), source.toString(), "-o", program.toString()));
        List<String> command = new ArrayList<>(NOBODY);
        command.add(program.toString());
        try (Detached secret =
                Detached.start(Files.createDirectory(folder.resolve("run")), command.toArray(String[]::new))) {
            assertThat(secret.ask("?")).isEqualTo("secret");
            refusedToNobody(
                    secret.pid(),
                    "(secret) of user 65534 must not be looked into by this user, the same one: it has rights that"
                            + " this command lacks, or keeps debuggers out (PR_SET_DUMPABLE of prctl); run repoint as"
                            + " root, in a container with --cap-add=SYS_PTRACE");
        }
    }

    @Test
    void aLibraryThatTheProcessMayNotReadIsRefusedByItsOwnLoader() throws IOException {
        requireNobody();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Answering answering = new Answering(folder);
        Path library = answering.library();
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-------"));
        List<String> command = new ArrayList<>(NOBODY);
        command.add(answering.program().toString());
        try (Detached program =
                Detached.start(Files.createDirectory(folder.resolve("run")), command.toArray(String[]::new))) {
            assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
            String pid = Long.toString(program.pid());

            refused(
                    "process " + pid + " cannot load " + library
                            + ": cannot open shared object file: Permission denied;"
                            + " user 65534, which it runs as, must be able to read it",
                    "set",
                    pid,
                    "price=price_fixed",
                    "--load",
                    library.toString());

            assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
            Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-r--r--"));
            Ran ran = Ran.repoint("set", pid, "price=price_fixed", "--load", library.toString());
            assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
            assertThat(program.ask("?")).startsWith("14 ");
        }
    }

    /// Tests that run as another user need the right to become one, and files that all may read.
    private static void requireNobody() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can run programs as another user");
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of("sh", "-c", "test -r \"$0\" && test -r target/lib/repoint-linux.jar", java()));
        Assumptions.assumeTrue(
                Run.in(Path.of("").toAbsolutePath(), command).exit() == 0,
                "the JDK and this build are not readable by every user");
    }

    private static void refusedToNobody(long pid, String reason) throws IOException {
        for (List<String> command : commands(Long.toString(pid))) {
            List<String> line = new ArrayList<>(NOBODY);
            line.addAll(List.of(
                    java(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    "target/classes:target/lib/*",
                    Main.class.getName()));
            line.addAll(command);
            Run run = Run.in(Path.of("").toAbsolutePath(), line);
            assertThat(run.errors())
                    .startsWith("repoint: process " + pid)
                    .contains(reason)
                    .hasLineCount(1);
            assertThat(run.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(run.output()).isEmpty();
        }
    }

    /// Waits until the kernel tells something of a process.
    private static void await(long pid, String file, String text) throws IOException {
        while (!Files.readString(Path.of("/proc", Long.toString(pid), file)).contains(text)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<List<String>> commands(String pid) {
        return List.of(
                List.of("set", pid, "price=zero"),
                List.of("reset", pid),
                List.of("status", pid),
                List.of("sites", pid),
                List.of("watch", pid));
    }

    private static void refusedByAll(long pid, String answer) {
        for (List<String> command : commands(Long.toString(pid))) {
            refused(answer, command.toArray(String[]::new));
        }
        Ran doctor = Ran.repoint("doctor", Long.toString(pid));
        assertThat(doctor.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(doctor.out()).contains("OFF   access ", answer);
    }

    private static void refused(String answer, String... command) {
        Ran ran = Ran.repoint(command);
        assertThat(ran.err())
                .as(String.join(" ", command))
                .startsWith("repoint: ")
                .contains(answer)
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
    }
}
