package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest {

    @TempDir
    Path folder;

    @Test
    void eachCommandHasAPageThatTellsOfAllOfItsOptions() throws IOException {
        ManPages.write(folder);

        for (CommandLine each : Commands.line().getSubcommands().values()) {
            String page = Files.readString(folder.resolve("man1/repoint-" + each.getCommandName() + ".1"));
            assertThat(page).contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"EXAMPLES\"", ".SH \"EXIT STATUS\"");
            for (OptionSpec option : each.getCommandSpec().options()) {
                assertThat(page).contains(option.longestName().replace("-", "\\-"));
            }
        }
        assertThat(folder.resolve("man1/repoint.1")).content().contains(".SH \"COMMANDS\"", "\\fBrepoint\\-set\\fR(1)");
    }

    @Test
    void whatIsTypedCanBeCopied() throws IOException {
        ManPages.write(folder);

        assertThat(folder.resolve("man1/repoint-set.1"))
                .content()
                .contains("\\(aqcom.acme.Log.debug(String)=nothing\\(aq")
                .doesNotContain("'");
    }

    @Test
    void manShowsEveryPageWithoutAWarning() throws IOException {
        Tool.MAN.required();
        ManPages.write(folder);

        try (var pages = Files.list(folder.resolve("man1"))) {
            for (Path page : pages.sorted().toList()) {
                Run shown = Run.succeeding(folder, List.of("man", "--warnings", "-l", page.toString()));
                assertThat(shown.errors()).as(page.toString()).isEmpty();
                assertThat(shown.output()).contains("SYNOPSIS");
            }
        }
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException {
        Tool.BASH.required();
        Path script = Files.writeString(
                folder.resolve("completion"), Ran.repoint("completion").out());

        assertThat(complete(script, "re")).contains("reset").doesNotContain("status");
        assertThat(complete(script, "sites", "--s")).contains("--summary").doesNotContain("--json");
    }

    private List<String> complete(Path script, String... words) throws IOException {
        String line = "source " + script + "; COMP_WORDS=(repoint " + String.join(" ", words) + "); COMP_CWORD="
                + words.length + "; COMP_LINE='repoint " + String.join(" ", words)
                + "'; _complete_repoint; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return Run.succeeding(folder, List.of("bash", "-c", line)).lines();
    }
}
