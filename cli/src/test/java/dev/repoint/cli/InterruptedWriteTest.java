package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptedWriteTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aSignalLeavesNothingUnfinished(String signal) throws Exception {
        // A build in the background ignores some of them, and what it starts would, too.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal"));
        command.addAll(Shell.java(HalfWritten.class, folder.toString()).command());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.toList()).hasSize(3);
            }
            Run.succeeding(folder, List.of("sh", "-c", "kill -" + signal + " " + process.pid()));
            assertThat(process.waitFor()).isGreaterThan(128);
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
