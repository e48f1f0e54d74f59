package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TargetClassPathTest {

    @TempDir
    private Path folder;

    @Test
    void jarsAndFoldersStandBetweenColons() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        assertThat(TargetClassPath.parse(List.of(jar + ":" + folder, jar.toString())))
                .containsExactly(jar, folder, jar);
        assertThat(TargetClassPath.parse(List.of())).isEmpty();
    }

    @Test
    void aUrlIsRefusedWhole() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        refused("https://example.org/x.jar", "https://example.org/x.jar is a URL");
        refused(jar + ":http://127.0.0.1:80/x.jar", "http://127.0.0.1 is a URL");
        refused("file:" + jar, "file:" + jar + " is a URL");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoJarOrFolderIsRefusedByItsName() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        Path pipe = Nodes.pipe(folder);
        refused(text.toString(), text + ": it is neither a jar nor a folder");
        refused(pipe.toString(), pipe + ": it is a pipe");
        refused(folder + ":", "has an empty part");
        refused(folder + "/*", "there is no such file or folder; wildcards are not expanded here");
    }

    @Test
    void theCommandAsksBeforeItLooksForTheProcess() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        Ran ran = Ran.repoint("set", "2147483646", "a.B.c=d.E.f", "--classpath", text.toString());
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).isEqualTo("repoint: --classpath " + text + ": it is neither a jar nor a folder\n");
    }

    private static void refused(String typed, String why) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> TargetClassPath.parse(List.of(typed)))
                .withMessageStartingWith("--classpath ")
                .withMessageContaining(why);
    }
}
