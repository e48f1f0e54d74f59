package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {

    private final String home = System.getProperty("repoint.home");

    @AfterEach
    void comeHome() {
        System.setProperty("repoint.home", home);
    }

    @Test
    void thePathAloneIsPrinted() {
        Ran ran = Ran.repoint("agent");

        assertThat(ran.exit()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).endsWith(".jar\n").hasLineCount(1);
        assertThat(Path.of(ran.out().strip())).isAbsolute().isRegularFile();
    }

    @Test
    void aMissingJarIsAFailureThatSaysHowToBuildIt(@TempDir Path elsewhere) {
        System.setProperty("repoint.home", elsewhere.toString());

        Ran ran = Ran.repoint("agent");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("repoint: the agent's jar is missing: " + elsewhere)
                .hasLineCount(1);
    }

    @Test
    void withoutTheLauncherTheHomeIsAskedFor() {
        System.clearProperty("repoint.home");

        Ran ran = Ran.repoint("agent");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("./repoint", "-Drepoint.home=").hasLineCount(1);
    }
}
