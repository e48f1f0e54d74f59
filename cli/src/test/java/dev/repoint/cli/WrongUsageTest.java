package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people type wrongly is answered by one line that says what to do.
class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        lalala                     | unknown command 'lalala'
        statu 1                    | unknown command 'statu'; did you mean status
        --verbose                  | unknown option '--verbose'
        status                     | missing required parameter: 'FILE or PID'; see repoint status --help
        status abc                 | 'abc' is no process id, and no file; 'jcmd' lists the JVMs that run
        status 0                   | '0' is no process id
        status -5                  | '-5' is no process id
        status JVM a.B.c(          | its parentheses do not match
        status 1 --jsn             | unknown option '--jsn'; did you mean --json?
        status 99999999999999999999 | is no process id
        set 1                      | missing required parameter: 'KEY=TARGET'
        set a.B.c=d.E.f            | 'a.B.c=d.E.f' is no process id
        set JVM a.B.c                | 'a.B.c' is not KEY=TARGET; write
        set JVM =d.E.f               | '=d.E.f' is not KEY=TARGET
        set JVM a.B.c=               | 'a.B.c=' is not KEY=TARGET
        set JVM a.B.c(int=d.E.f      | 'a.B.c(int=d.E.f' is not KEY=TARGET
        set JVM a/B.c=d.E.f          | '/' at column 2
        set JVM a.B.c=nonsense       | target 'nonsense': write
        set 1 a.B.c=d.E.f --classpath | missing required parameter for option '--classpath'
        set JVM a.B.c=d.E.f x        | 'x' is not KEY=TARGET
        reset JVM a.B.c(             | its parentheses do not match
        sites                      | missing required parameter: 'FILE or PID'
        sites . --patchable a..b(  | its parentheses do not match
        weave                      | missing required
        weave in.jar               | missing required option: '--output=OUT'
        weave in.jar x.jar -o y.jar | unexpected argument 'x.jar'
        agent --json               | unknown option '--json'
        demo --seconds x           | --seconds: 'x' is not an int
        demo --seconds 3           | --seconds 3 is not from 4 to 600
        doctor me                  | 'me' is no process id
        doctor 1 2                 | unexpected argument '2'
        watch                      | missing required parameter: 'PID'
        watch JVM --interval 5     | --interval 5 is not from 50 to 60000
        set JVM a.B.c=d.E.f --load x.so | --load is for native code; --classpath
        set JVM libz.so.1:crc32=zero --classpath . | --classpath is for Java; --load
        """)
    void wrongUsageIsOneLineOnStderrAndExitTwo(String typed, String answer) {
        // The JVM of this test: what is typed is read before anything is asked of it.
        String own = Long.toString(ProcessHandle.current().pid());
        Ran ran = Ran.repoint(typed.replace("JVM", own).split(" "));

        assertThat(ran.err())
                .startsWith("repoint: ")
                .contains(answer)
                .contains("; see repoint")
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 2147483646",
                "status 2147483646 --loaders",
                "set 2147483646 a.B.c=d.E.f",
                "set 2147483646 a.B.c=d.E.f --classpath .",
                "set 2147483646 crc32=zero --load x.so",
                "set 2147483646 a.B.c(int=d.E.f",
                "reset 2147483646 a.B.c",
                "watch 2147483646",
                "doctor 2147483646",
            })
    void aProcessThatIsMissingIsSaidWhateverTheOptions(String typed) {
        Ran ran = Ran.repoint(typed.split(" "));

        assertThat(ran.err())
                .startsWith("repoint: there is no process 2147483646")
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aJarThatIsNotThereIsAFailureBeforeAnythingIsDone(@TempDir Path folder) {
        String missing = folder.resolve("fast.jar").toString();

        Ran ran = Ran.repoint("set", "2147483646", "a.B.c=d.E.f", "--classpath", missing);

        assertThat(ran.err()).isEqualTo("repoint: --classpath " + missing + ": there is no such file or folder\n");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
    }
}
