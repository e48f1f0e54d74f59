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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes in a sandbox (`seccomp`): each command says what the sandbox would do, and none has the process
/// ended by it.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SandboxTest {

    /// Enters a sandbox, and answers lines by system calls that all of them allow. The first argument says
    /// which calls are forbidden, the second one what happens then, the third one what else: `thread` starts
    /// one that is not in the sandbox, `waiting` one that is, `poll` waits with a limit, `twice` has an empty
    /// filter before, `exec` executes the rest.
    private static final String SOURCE = """
        #define _GNU_SOURCE
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <poll.h>
        #include <pthread.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/prctl.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        #define FUNCTION __attribute__((noipa))
        FUNCTION int price(int n) { return n * 30; }
        FUNCTION int cheap(int n) { return n * 15; }
        static void *sleeps(void *x) { for (;;) pause(); return x; }
        static void enter(const char *names, unsigned action) {
          struct sock_filter f[64];
          int n = 0, count = 0;
          int calls[9];
          if (strstr(names, "mmap")) calls[count++] = SYS_mmap;
          if (strstr(names, "mprotect")) calls[count++] = SYS_mprotect;
          if (strstr(names, "select")) calls[count++] = SYS_select;
          if (strstr(names, "openat")) calls[count++] = SYS_openat;
          if (strstr(names, "restart")) calls[count++] = SYS_restart_syscall;
          if (strstr(names, "return")) calls[count++] = SYS_rt_sigreturn;
          if (strstr(names, "kexec")) calls[count++] = SYS_kexec_load;
          f[n++] = (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
          if (strstr(names, "executable")) {
            f[n++] = (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 3);
            f[n++] = (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]));
            f[n++] = (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 4, 0, 1);
            f[n++] = (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, action);
            f[n++] = (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
          }
          for (int i = 0; i < count; i++) {
            f[n++] = (struct sock_filter) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], 0, 1);
            f[n++] = (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, action);
          }
          f[n++] = (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
          struct sock_fprog program = {n, f};
          if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) _exit(3);
        }
        int main(int n, char **v) {
          char text[80];
          pthread_t id;
          unsigned action = !strcmp(v[2], "kill") ? SECCOMP_RET_KILL_PROCESS : !strcmp(v[2], "trap") ? SECCOMP_RET_TRAP
              : !strcmp(v[2], "errno") ? SECCOMP_RET_ERRNO | 1 : SECCOMP_RET_KILL_THREAD;
          int isOutside = !strcmp(v[3], "thread"), isIn = !strcmp(v[3], "waiting"), isWaiting = !strcmp(v[3], "poll");
          prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
          if (isOutside) pthread_create(&id, 0, sleeps, 0);
          if (!strcmp(v[3], "twice")) enter("", action);
          if (!strcmp(v[1], "strict")) prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
          else if (isIn) { enter("", action); pthread_create(&id, 0, sleeps, 0); enter(v[1], action); }
          else enter(v[1], action);
          if (!strcmp(v[3], "exec")) { execvp(v[4], v + 4); _exit(4); }
          for (;;) {
            struct pollfd in = {0, POLLIN, 0};
            while (isWaiting && poll(&in, 1, 1000000) == 0) {}
            if (read(0, text, sizeof text) <= 0) syscall(SYS_exit, 0);
            int p = price(2);
            char answer[] = {'0' + p / 10, '0' + p % 10, 10};
            write(1, answer, 3);
            if (n == 77) cheap(n);
          }
        }
        """;

    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    private Path temporary;

    private Path folder;
    private Path program;

    @BeforeEach
    void build() throws IOException {
        folder = temporary.toRealPath();
        program = folder.resolve("boxed");
        Files.writeString(folder.resolve("boxed.c"), SOURCE);
        Run.succeeding(
                folder,
                List.of(
                        Tool.GCC.required().command(),
                        "-O1",
                        "-w",
                        "-ffunction-sections",
                        "-pthread",
                        "-Wl,--emit-relocs",
                        "-Wl,--build-id",
                        "boxed.c",
                        "-o",
                        "boxed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mmap            | kill  | -       | filter would end the process for mmap, which a patch needs
        mmap            | kill  | twice   | filter would end the process for mmap, which a patch needs
        mmap            | kill  | poll    | filter would end the process for mmap, which a patch needs
        mmap+restart    | kill  | poll    | filter would end the process for mmap, which a patch needs
        executable      | kill  | -       | filter would end the process for mmap, which a patch needs
        mmap            | end   | -       | filter would end the thread for mmap, which a patch needs
        executable      | trap  | -       | filter would send SIGSYS for mmap, which a patch needs
        mmap            | errno | -       | filter would refuse mmap, which a patch needs
        return          | kill  | -       | filter would end the process for rt_sigreturn, which a patch needs
        strict          | kill  | -       | mode is strict, and would end the thread for mmap, which a patch needs
        """)
    void aPatchThatWouldEndTheProcessIsRefusedAndDoctorSaysWhy(String calls, String action, String more, String reason)
            throws IOException {
        requireFilters();
        try (Detached boxed = start(calls, action, more)) {
            String pid = Long.toString(boxed.pid());
            String whole = "process " + pid + " is in a sandbox: its seccomp " + reason;
            for (int i = 0; i < 2; i++) {
                Ran doctor = Ran.repoint("doctor", pid);
                assertThat(doctor.out()).contains("OFF   sandbox  " + whole);
                assertThat(doctor.exit()).isEqualTo(ExitCode.FAILURE);
                for (String force : List.of("--json", "--force")) {
                    Ran set = Ran.repoint("set", pid, "price=cheap", force);
                    assertThat(set.exit()).isEqualTo(ExitCode.FAILURE);
                    assertThat(set.err()).isEqualTo("repoint: " + whole + "; nothing was changed\n");
                    assertThat(set.out()).isEmpty();
                }
                assertThat(boxed.ask("?")).isEqualTo("60");
            }
            assertThat(Ran.repoint("status", pid).exit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mprotect+select, kill, waiting",
        "mprotect+select, kill, -",
        "restart, kill, poll",
        "restart+mprotect, kill, waiting",
        "openat, kill, -",
        "mmap+mprotect+select+return, kill, thread",
        "kexec, errno, twice"
    })
    void whatTheSandboxAllowsIsDone(String calls, String action, String more) throws IOException {
        requireFilters();
        try (Detached boxed = start(calls, action, more)) {
            String pid = Long.toString(boxed.pid());
            assertThat(repoint("doctor", pid).out())
                    .contains("ok    sandbox  its seccomp filter allows what a patch needs");
            for (int i = 0; i < 3; i++) {
                repoint("set", pid, "price=cheap", "pause=getpid");
                assertThat(boxed.ask("?")).isEqualTo("30");
                repoint("reset", pid);
                assertThat(boxed.ask("?")).isEqualTo("60");
                repoint("set", pid, "pause=getpid");
                assertThat(boxed.ask("?")).isEqualTo("60");
                repoint("reset", pid);
            }
        }
    }

    @Test
    void aLibraryIsNotLoadedWhereThatWouldEndTheProcess() throws IOException {
        requireFilters();
        Files.writeString(folder.resolve("fix.c"), "int price_fixed(int n) { return n * 7; }\n");
        Run.succeeding(folder, List.of("gcc", "-shared", "-fPIC", "-Wl,--build-id", "fix.c", "-o", "libfix.so"));
        String library = folder.resolve("libfix.so").toString();
        try (Detached boxed = start("openat", "kill", "-")) {
            String pid = Long.toString(boxed.pid());
            String reason = "filter would end the process for openat, which loading a library needs";
            assertThat(repoint("doctor", pid).out()).contains("note  sandbox", reason, "so --load is refused");
            Ran load = Ran.repoint("set", pid, "price=price_fixed", "--load", library);
            assertThat(load.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(load.err()).contains(reason + "; nothing was changed").hasLineCount(1);
            assertThat(boxed.ask("?")).isEqualTo("60");
        }
        try (Detached boxed = start("kexec", "kill", "-")) {
            repoint("set", Long.toString(boxed.pid()), "price=price_fixed", "--load", library);
            assertThat(boxed.ask("?")).isEqualTo("14");
        }
    }

    @Test
    void aSandboxThatCannotBeLookedIntoIsTrustedByForceOnly() throws IOException {
        requireFilters();
        requireNobody();
        try (Detached boxed = start(NOBODY, "kexec", "kill", "-")) {
            String pid = Long.toString(boxed.pid());
            String reason = "process " + pid + " is in a sandbox: its seccomp filter may end it for mmap, which a patch"
                    + " needs, and this command must not look into the filter; run repoint as root and outside of a"
                    + " sandbox, or use --force";
            Run set = asNobody("set", pid, "price=cheap");
            assertThat(set.errors()).isEqualTo("repoint: " + reason + "; nothing was changed\n");
            assertThat(set.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(asNobody("doctor", pid).output()).contains("OFF   sandbox  " + reason);
            assertThat(boxed.ask("?")).isEqualTo("60");

            Run forced = asNobody("set", pid, "price=cheap", "--force");
            assertThat(forced.exit()).as(forced.errors()).isZero();
            assertThat(boxed.ask("?")).isEqualTo("30");
            assertThat(asNobody("reset", pid).exit()).isZero();
            assertThat(boxed.ask("?")).isEqualTo("60");
        }
    }

    /// As in a container: both were started in it.
    @Test
    void aSandboxThatTheCommandIsInAsWellIsTrusted() throws IOException {
        requireFilters();
        Assumptions.assumeTrue(
                Files.exists(Path.of("target/lib/repoint-linux.jar")), "the command line is not packaged");
        List<String> box = List.of(program.toString(), "kexec", "errno", "exec");
        Files.writeString(folder.resolve("plain.c"), """
            #include <stdio.h>
            __attribute__((noipa)) int price(int n) { return n * 30; }
            __attribute__((noipa)) int cheap(int n) { return n * 15; }
            int main(int n, char **v) {
              char line[80];
              while (fgets(line, sizeof line, stdin)) { printf("%d\\n", price(2)); fflush(stdout); }
              return cheap(n);
            }
            """);
        Run.succeeding(
                folder, List.of("gcc", "-O1", "-ffunction-sections", "-Wl,--emit-relocs", "plain.c", "-o", "plain"));
        List<String> command = new ArrayList<>(box);
        command.add(folder.resolve("plain").toString());
        try (Detached plain =
                Detached.start(Files.createTempDirectory(folder, "run"), command.toArray(String[]::new))) {
            assertThat(plain.ask("?")).isEqualTo("60");
            Run set = commandLine(box, "set", Long.toString(plain.pid()), "price=cheap");
            assertThat(set.exit()).as(set.errors()).isZero();
            assertThat(plain.ask("?")).isEqualTo("30");
        }
    }

    private void requireFilters() throws IOException {
        Assumptions.assumeTrue(
                Run.in(folder, List.of(program.toString(), "kexec", "errno", "exec", "true"))
                                .exit()
                        == 0,
                "this kernel takes no seccomp filters");
    }

    private static void requireNobody() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can run programs as another user");
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of("sh", "-c", "test -r \"$0\" && test -r target/lib/repoint-linux.jar", java()));
        Assumptions.assumeTrue(
                Run.in(Path.of("").toAbsolutePath(), command).exit() == 0,
                "the JDK and this build are not readable by every user");
    }

    private static Run asNobody(String... command) throws IOException {
        return commandLine(NOBODY, command);
    }

    private static Run commandLine(List<String> before, String... command) throws IOException {
        List<String> line = new ArrayList<>(before);
        line.addAll(List.of(
                java(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "target/classes:target/lib/*",
                Main.class.getName()));
        line.addAll(List.of(command));
        return Run.in(Path.of("").toAbsolutePath(), line);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Detached start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    private Detached start(List<String> before, String... arguments) throws IOException {
        Run.succeeding(folder, List.of("chmod", "-R", "a+rX", folder.toString()));
        List<String> command = new ArrayList<>(before);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Detached started = Detached.start(Files.createTempDirectory(folder, "run"), command.toArray(String[]::new));
        assertThat(started.ask("?")).isEqualTo("60");
        return started;
    }

    private static Ran repoint(String... command) {
        Ran ran = Ran.repoint(command);
        assertThat(ran.exit())
                .as(String.join(" ", command) + "\n" + ran.out() + ran.err())
                .isZero();
        return ran;
    }
}
