package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stress as a command: in a process of its own, which it may crash.
class StressCommandTest {

    private static final Path TARGET =
            Path.of(System.getProperty("repoint.home"), "cli", "target").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void itEndsWellWhenNoCallWentWrong() throws IOException {
        Tool.CC.required();
        Run run = Run.in(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        TARGET.resolve("repoint-cli-" + Repoint.version() + ".jar") + File.pathSeparator
                                + TARGET.resolve("lib") + "/*",
                        Main.class.getName(),
                        "stress",
                        "--seconds",
                        "1",
                        "--sites",
                        "600"));
        assertThat(run.exit()).as(run.output() + run.errors()).isEqualTo(ExitCode.OK);
        assertThat(run.output())
                .containsPattern("sites +600\n")
                .containsPattern("patches +[1-9]")
                .containsPattern("traps +[1-9]")
                .containsPattern("wrong +0\n");
    }

    @Test
    void tooFewSitesOrSecondsAreWrongUsage() {
        Ran sites = Ran.repoint("stress", "--sites", "5");
        assertThat(sites.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(sites.err()).contains("572 sites");
        assertThat(Ran.repoint("stress", "--seconds", "0").exit()).isEqualTo(ExitCode.USAGE);
    }
}
