package dev.repoint.cli.manual;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The function by which zsh completes commands, their options, and files: what its folder `site-functions` holds as
/// `_repoint`.
public final class ZshCompletion {

    private ZshCompletion() {}

    /// The function.
    ///
    /// @param all the command line with all commands
    public static String of(CommandLine all) {
        StringBuilder text = new StringBuilder("""
            #compdef repoint
            local -a commands=(
            """);
        for (Map.Entry<String, CommandLine> each : all.getSubcommands().entrySet()) {
            String header = header(each.getValue().getCommandSpec());
            text.append("  ").append(quoted(each.getKey() + ":" + header)).append('\n');
        }
        text.append("""
            )
            if (( CURRENT == 2 )); then
              _describe command commands
              return
            fi
            local command=$words[2]
            shift words
            (( CURRENT-- ))
            case $command in
            """);
        all.getSubcommands().forEach((name, command) -> {
            text.append("  ").append(name).append(") _arguments");
            for (OptionSpec option : command.getCommandSpec().options()) {
                options(text, option);
            }
            text.append(" '*:file:_files' ;;\n");
        });
        return text.append("esac\n").toString();
    }

    private static void options(StringBuilder text, OptionSpec option) {
        for (String name : option.names()) {
            boolean hasValue = option.arity().max() > 0;
            String separator = !hasValue ? "" : name.startsWith("--") ? "=" : "+";
            String description = Ansi.OFF.string(String.join(" ", option.description()));
            String value = hasValue ? ":" + escaped(option.paramLabel()) + ":_files" : "";
            text.append(' ').append(quoted("*" + name + separator + "[" + escaped(description) + "]" + value));
        }
    }

    private static String header(CommandSpec command) {
        return Ansi.OFF.string(String.join(" ", command.usageMessage().header()));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
