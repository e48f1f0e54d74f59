package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.cli.output.OutputException;
import dev.repoint.cli.output.SafeWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.watch.WatchDisplay;
import dev.repoint.cli.watch.WatchDisplays;
import dev.repoint.cli.watch.WatchedPatchable;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Output that cannot be written.
class LostOutputTest {

    private static final String FULL = "repoint: standard output cannot be written: no space is left on its disk\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "sites --help",
                "completion",
                "sites app.jar --patchable acme.**",
                "sites app.jar --patchable acme.** --json",
                "sites app.jar --patchable acme.** --summary",
                "weave app.jar -o w.jar --patchable acme.**",
                "table app.jar -o t --patchable acme.**",
                "patch app.jar acme.Crc.update=constant:1 --dry-run",
                "doctor app.jar",
                "status w2.jar --json",
                "doctor --java-home"
            })
    void everyCommandEndsWithOneAndALine(String command) throws IOException {
        Sources.jar(folder, "app.jar");
        Sources.jar(folder, "w2.jar");
        try (FileWriter full = new FileWriter("/dev/full", StandardCharsets.UTF_8)) {
            java.io.StringWriter err = new java.io.StringWriter();
            String[] typed = command.split(" ", -1);
            for (int i = 0; i < typed.length; i++) {
                if (typed[i].endsWith(".jar") || typed[i].equals("t")) {
                    typed[i] = folder.resolve(typed[i]).toString();
                }
            }
            assertThat(Main.run(full, err, typed)).isEqualTo(ExitCode.FAILURE);
            assertThat(err).hasToString(FULL);
        } catch (IOException e) {
            assertThat(e).hasMessage("No space left on device"); // what was kept is tried again when it is closed
        }
    }

    @Test
    void itIsSoInAProcessOfItsOwn() throws IOException {
        Ran full = Shell.run(folder, "repoint --version > /dev/full");
        assertThat(full).isEqualTo(new Ran(1, "", FULL));
        Ran closed = Shell.run(folder, "repoint --version >&-");
        assertThat(closed).isEqualTo(new Ran(1, "", "repoint: standard output cannot be written: it is closed\n"));
        assertThat(Shell.run(folder, "repoint --version 2>&-").exit()).isZero();
        assertThat(Shell.run(folder, "repoint sites nothing 2> /dev/full").exit())
                .isEqualTo(1);
        assertThat(Shell.run(folder, "{ repoint --help; echo $? > code; } | true; cat code")
                        .err())
                .isEmpty();
    }

    @Test
    void whatIsDoneIsDoneWhenItsReportIsLost() throws IOException {
        Sources.jar(folder, "app.jar");
        Ran ran = Shell.run(folder, "repoint weave app.jar -o w.jar --patchable 'acme.**' > /dev/full");
        assertThat(ran).isEqualTo(new Ran(1, "", FULL));
        assertThat(folder.resolve("w.jar")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWatchEndsWhenNobodyCanReadIt(boolean isJson) throws IOException {
        try (FileWriter full = new FileWriter("/dev/full", StandardCharsets.UTF_8)) {
            WatchDisplay display = WatchDisplays.of(SafeWriter.of(full), Style.PLAIN, isJson, 1);
            assertThatExceptionOfType(OutputException.class)
                    .isThrownBy(() -> display.show(List.of(new WatchedPatchable("a.B.c", "d.E.f", ""))));
        } catch (IOException e) {
            assertThat(e).hasMessage("No space left on device");
        }
    }
}
