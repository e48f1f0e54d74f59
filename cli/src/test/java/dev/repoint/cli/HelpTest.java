package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "sites",
                "table",
                "weave",
                "patch",
                "status",
                "set",
                "reset",
                "agent",
                "stress",
                "doctor",
                "watch",
                "trace",
                "count",
                "completion",
                "install",
                "uninstall"
            })
    void theHelpOfACommandFitsAScreenAndHasExamples(String command) {
        Ran help = Ran.repoint(command, "--help");

        assertThat(help.exit()).isEqualTo(ExitCode.OK);
        assertThat(help.err()).isEmpty();
        assertFitsAScreen(help.out());
        assertThat(help.out()).contains("Usage: repoint " + command, "Examples:");
    }

    @Test
    void theHelpOfAllFitsAScreenAndNamesTheCommands() {
        Ran help = Ran.repoint("--help");

        assertThat(help.exit()).isEqualTo(ExitCode.OK);
        assertFitsAScreen(help.out());
        assertThat(help.out())
                .contains(
                        "demo",
                        "sites",
                        "table",
                        "weave",
                        "patch",
                        "status",
                        "set",
                        "reset",
                        "watch",
                        "trace",
                        "count",
                        "agent",
                        "stress",
                        "doctor",
                        "Examples:");
    }

    @Test
    void withoutACommandTheHelpIsTalkAndTheUsageWrong() {
        Ran help = Ran.repoint();

        assertThat(help.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(help.out()).isEmpty();
        assertThat(help.err()).contains("Usage: repoint");
    }

    @Test
    void theVersionIsThatOfTheRuntime() {
        Ran version = Ran.repoint("--version");

        assertThat(version.exit()).isEqualTo(ExitCode.OK);
        assertThat(version.out())
                .startsWith("repoint " + Repoint.version() + " ")
                .hasLineCount(1);
    }

    private static void assertFitsAScreen(String text) {
        assertThat(text.lines()).as(text).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 80);
    }
}
