package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that are not ASCII.
class EncodingTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void requireNames() {
        Assumptions.assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
                "this JVM cannot name such files: run the tests with LC_ALL=C.UTF-8");
    }

    @Test
    void anArgumentThatCouldNotBeDecodedIsRefusedByItsPlace() {
        Ran ran = Ran.repoint("sites", "caf\ufffd.jar");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("repoint: argument 2, 'caf\ufffd.jar', has bytes that are not of the encoding ")
                .hasLineCount(1);
    }

    @Test
    void whereTheJvmHasAsciiItSaysWhatToDo() throws IOException {
        for (String name : List.of("caf\u00e9.jar", "\u4fa1\u683c.jar")) {
            Ran ran = Shell.run(folder, "LC_ALL=C; export LC_ALL; repoint sites '" + name + "'");
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err()).contains("argument 2", "LC_ALL=C.UTF-8").hasLineCount(1);
        }
    }

    /// The part of the launcher that sees to the encoding, and what a JVM that is started behind it has.
    @Test
    void theLauncherTakesUtf8WhereTheLocaleHasAsciiOnly() throws IOException {
        String script = Files.readString(Path.of(System.getProperty("repoint.home"), "cli/src/launcher/launch.sh"));
        int begin = script.indexOf("charmap() {");
        String part = script.substring(begin, script.indexOf("esac", script.indexOf("done", begin)) + "esac".length());
        Files.writeString(folder.resolve("part"), part);
        Assumptions.assumeTrue(
                Shell.run(folder, "LC_ALL=C.UTF-8 locale charmap").out().startsWith("UTF-8"),
                "there is no locale C.UTF-8: install the package libc-bin");
        Sources.jar(folder, "app.jar");
        Files.move(folder.resolve("app.jar"), folder.resolve("caf\u00e9 \u4fa1\u683c.jar"));
        for (String locale : List.of(
                "LC_ALL=C",
                "LC_ALL=POSIX",
                "LC_ALL=no_SUCH.UTF-8",
                "LC_ALL= LC_CTYPE= LANG=",
                "LC_ALL= LC_CTYPE=C LANG=C.UTF-8")) {
            Ran ran = Shell.run(
                    folder,
                    "export " + locale + "; . ./part; "
                            + "repoint sites 'caf\u00e9 \u4fa1\u683c.jar' --patchable 'acme.**'");
            assertThat(ran.exit()).as("%s: %s", locale, ran.err()).isZero();
            assertThat(ran.out()).startsWith("caf\u00e9 \u4fa1\u683c.jar (jar): ");
            assertThat(ran.err()).isEmpty();
        }
    }

    @Test
    void aNameThatIsNotUtf8IsRefusedInOneLine() throws IOException {
        Ran ran = Shell.run(folder, "LC_ALL=C.UTF-8; export LC_ALL; repoint sites \"$(printf 'caf\\351.jar')\"");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains("argument 2, 'caf\ufffd.jar', has bytes that are not of the encoding UTF-8")
                .hasLineCount(1);
    }
}
