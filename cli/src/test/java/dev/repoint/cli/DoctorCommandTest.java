package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private final String home = System.getProperty("repoint.home");
    private final String temporary = System.getProperty("java.io.tmpdir");

    @AfterEach
    void restore() {
        System.setProperty("repoint.home", home);
        System.setProperty("java.io.tmpdir", temporary);
    }

    @Test
    void whereTheTestsRunAllIsWell() {
        Ran ran = Ran.repoint("doctor");

        assertThat(ran.exit()).as(ran.out()).isEqualTo(ExitCode.OK);
        assertThat(ran.out())
                .contains("ok    JDK", "ok    sockets", "ok    agent", "ok    attach")
                .doesNotContain("OFF");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aMissingAgentIsOffAndMendedByTheLauncher(@TempDir Path elsewhere) {
        System.setProperty("repoint.home", elsewhere.toString());

        Ran ran = Ran.repoint("doctor");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).contains("OFF   agent    the agent's jar is missing: " + elsewhere, "run ./repoint");
    }

    @Test
    void aTemporaryFolderWithALongPathIsPassedBy(@TempDir Path folder) throws IOException {
        System.setProperty(
                "java.io.tmpdir",
                Files.createDirectory(folder.resolve("x".repeat(100))).toString());

        assertThat(Ran.repoint("doctor").out()).contains("ok    sockets  in /tmp: a path in " + folder, "at most 107");
    }

    @Test
    void aTemporaryFolderThatIsMissingIsOff(@TempDir Path folder) {
        System.setProperty("java.io.tmpdir", "/tmp/missing-" + folder.getFileName());

        Ran ran = Ran.repoint("doctor");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).contains("OFF   sockets  none can be opened in /tmp/missing-", "-Djava.io.tmpdir=");
    }

    @Test
    void theFolderOfTheJdkAloneIsPrintedForScripts() {
        Ran ran = Ran.repoint("doctor", "--java-home");

        assertThat(ran.out()).isEqualTo(System.getProperty("java.home") + "\n");
        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
    }
}
