package dev.repoint.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ZshCompletionTest {

    @Command(name = "repoint")
    private static final class All {}

    @Command(header = "Says what it's for.")
    private static final class Say {
        @Option(names = "--to", paramLabel = "FILE", description = "A file: [any].")
        private String to = "";

        @Option(names = "-q", description = "Quiet.")
        private boolean quiet;
    }

    @Test
    void commandsAndOptionsAreQuotedForTheShellAndForItsFunctions() {
        String script = ZshCompletion.of(new CommandLine(new All()).addSubcommand("say", new Say()));

        assertThat(script)
                .startsWith("#compdef repoint\n")
                .contains("  'say:Says what it'\\''s for.'\n")
                .contains("  say) _arguments '*--to=[A file\\: \\[any\\].]:FILE:_files' '*-q[Quiet.]' '*:file:_files'"
                        + " ;;\n");
    }
}
