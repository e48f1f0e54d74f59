package dev.repoint.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path folder;

    private final Report report = new Report(Path.of("target/classes").toFile(), Answer.read(List.of("end")));

    @Test
    void textAndJsonStandBesideEachOther() throws IOException {
        report.write(folder.resolve("reports/repoint.txt"));
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            assertThat(files.map(each -> each.getFileName().toString()).sorted())
                    .containsExactly("repoint.json", "repoint.txt");
        }
    }

    @Test
    void whatIsNoFileIsRefusedAndStays() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.txt");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> report.write(pipe))
                .isInstanceOf(IOException.class)
                .hasMessage(pipe + " is not a regular file; name another");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
    }
}
