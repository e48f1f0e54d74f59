package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong about a running program is answered by one line that says what to do, and nothing is changed.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class WrongUseOfProcessesTest {

    @TempDir
    private Path folder;

    private Answering answering;
    private Detached program;
    private String pid;

    @BeforeEach
    void start() throws IOException {
        answering = new Answering(folder);
        program = answering.start(answering.program());
        pid = Long.toString(program.pid());
    }

    @AfterEach
    void stop() throws IOException {
        try (Detached asked = program) {
            if (asked != null) { // not where there is no compiler
                assertThat(asked.ask("?")).isEqualTo(Answering.BY_DEFAULT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        set PID prise=cheap                 | prise: there is no such function or pointer in answering or its libraries; did you mean price
        set PID price=cheep                 | there is no function cheep in answering or in what the loader finds for it; did you mean cheap?
        set PID price=number                | the target number is a variable, not a function
        set PID price=wide                  | is of type int (int) and the target wide of type long int (long int, char *)
        set PID number=cheap                | number: there is no such function or pointer
        set PID com.acme.Crc.update=cheap   | is written like the key of a Java method
        set PID price=cheap price=tax       | price: is named twice by one patch; name each key once
        set PID price=cheap answering:price=tax | is named twice by one patch; name each key once
        set PID libmissing.so:crc32=zero    | has loaded nothing that is called libmissing.so
        set PID libc.so.7:write=zero        | did you mean libc.so.6?
        set PID libc.so.6:ritew=zero        | there is no such function or pointer in libc.so.6
        set PID price=libc.so.6:no_such_one | there is no function libc.so.6:no_such_one in libc.so.6
        set PID main=nothing --by sites                | main: no use of it is known that could be changed
        reset PID price                     | price: is at its default: it was not set, or reset already
        reset PID price price               | price: is named twice by one patch; name each key once
        reset PID pri*                      | are written without wildcards here; 'repoint sites PID --patchable pri*' lists those that match
        reset PID prise                     | did you mean price
        sites PID --patchable libmissing.so:* | matches nothing in process PID, which has loaded no libmissing.so but answering, libc.so.6
        sites PID --patchable libc.so.7:*   | matches nothing in process PID; did you mean libc.so.6?
        sites PID --patchable prise         | key 'prise' matches nothing in process PID; did you mean price
        patch PID price=cheap --dry-run     | PID: there is no such file; 'repoint set PID price=cheap'
        set PID price=price_fixed --load FOLDER/no.so | --load FOLDER/no.so: there is no such file
        set PID price=price_fixed --load FOLDER/fix.c | is no ELF file; build a library with cc -shared -fPIC
        set PID price=price_fixed --load /dev/null | --load /dev/null: is no regular file; name a library
        set PID price=price_fixed --load FOLDER | is a folder; name a library in it
        set PID price=price_fixed --load FOLDER/answering | is a program and no shared library
        set PID price=price_fixt --load FOLDER/libfix.so | there is no function price_fixt in FOLDER/libfix.so or in the process; did you mean price_fixed?
        set PID price=wrong --load FOLDER/libfix.so | is of type int (int) and the target wrong of type long int (char *)
        set PID price=cheap --load FOLDER/libfix.so | none of the targets is a function of it; it has
        set PID tax=less_tax taxing=cheap   | is changed by answering: tax as well; leave one of the two out
        set 2147483646 price=cheap          | there is no process 2147483646; 'ps -e' lists those that run
        watch 2147483646                    | there is no process 2147483646
        doctor 2147483646                   | there is no process 2147483646
        """)
    void aWrongUseIsOneLineOnStderrAndExitOne(String typed, String answer) throws IOException {
        answering.library();

        Ran ran = Ran.repoint(with(typed).split(" "));

        assertThat(ran.err()).startsWith("repoint: ").contains(with(answer)).hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        set PID price                       | 'price' is not KEY=TARGET; write crc32=crc32_simd
        set PID =cheap                      | '=cheap' is not KEY=TARGET
        set PID price=                      | 'price=' is not KEY=TARGET
        set PID price=cheap --classpath .   | --classpath is for Java; --load brings a library along
        set PID                             | missing required parameter: 'KEY=TARGET'
        """)
    void wrongUsageIsOneLineOnStderrAndExitTwo(String typed, String answer) {
        Ran ran = Ran.repoint(with(typed).split(" "));

        assertThat(ran.err())
                .startsWith("repoint: ")
                .contains(answer)
                .contains("; see repoint")
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void ofAStrippedProgramImportsAndAddressesAreOffered() throws IOException {
        Path stripped = folder.resolve("stripped");
        Run.succeeding(folder, List.of(Tool.STRIP.required().command(), "-s", "-o", stripped.toString(), "answering"));
        try (Detached other = answering.start(stripped)) {
            refused(
                    "price: there is no such function or pointer in stripped or its libraries",
                    "set",
                    Long.toString(other.pid()),
                    "price=zero");
            refused(
                    "stripped is stripped; 'repoint sites " + other.pid()
                            + "' lists its imports, and 'repoint sites FILE --entries' its functions by their"
                            + " addresses",
                    "set",
                    Long.toString(other.pid()),
                    "qqqqqqqqqqqqqqq=zero");
        }
    }

    @Test
    void aLibraryForAnotherMachineIsRefused() throws IOException {
        answering.library();
        Run.succeeding(
                folder,
                List.of(
                        Tool.AARCH64_GCC.required().command(),
                        "-shared",
                        "-fPIC",
                        "-nostdlib",
                        "fix.c",
                        "-o",
                        "libarm.so"));

        refused(
                "is for AArch64, and the process runs on x86-64",
                "set",
                pid,
                "price=price_fixed",
                "--load",
                folder.resolve("libarm.so").toString());
    }

    @Test
    void aThreadOfTheKernelHasNoProgram() throws IOException {
        Path second = Path.of("/proc/2/status");
        Assumptions.assumeTrue(
                Files.exists(second) && Files.readString(second).contains("kthreadd"),
                "no threads of the kernel are seen here");

        refused("process 2 (kthreadd) is a thread of the kernel, which has no program to patch", "set", "2", "a=b");
    }

    @Test
    void aChildOfThisJvmIsRefused() throws IOException {
        Process child = new ProcessBuilder(folder.resolve("answering").toString()).start();
        try {
            refused("child", "set", Long.toString(child.pid()), "price=cheap");
        } finally {
            child.destroyForcibly();
        }
    }

    /// A JVM that is asked by the id of a thread prints its stacks for most of a minute, and does not answer.
    @ParameterizedTest
    @ValueSource(strings = {"doctor THREAD", "set THREAD a.B.c=d.E.f", "status THREAD", "reset THREAD", "sites THREAD"})
    void aThreadIsNoProcess(String command) throws IOException {
        long jvm = ProcessHandle.current().pid();
        List<String> threads;
        try (var all = Files.list(Path.of("/proc/self/task"))) {
            threads = all.map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> !each.equals(Long.toString(jvm)))
                    .toList();
        }
        String thread = threads.getFirst();
        refused(
                thread + " is a thread of process " + jvm + "; write " + jvm,
                command.replace("THREAD", thread).split(" ", -1));
    }

    private String with(String text) {
        return text.replace("PID", pid).replace("FOLDER", folder.toString());
    }

    private static void refused(String answer, String... command) {
        Ran ran = Ran.repoint(command);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err() + ran.out()).contains(answer);
        assertThat(ran.err()).hasLineCount(ran.out().isEmpty() ? 1 : 0);
    }
}
