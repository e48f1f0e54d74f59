package dev.repoint.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a command: what its help says, in the sections of a manual.
public final class ManPage {

    private static final String EXAMPLES = "Examples:";

    private final CommandSpec spec;
    private final Roff roff = new Roff();

    private ManPage(CommandSpec spec) {
        this.spec = spec;
    }

    /// The name of the page: `repoint-set`.
    ///
    /// @param command of picocli, as the command line has it
    public static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    /// The page, in the language of `man`.
    ///
    /// @param command of picocli, as the command line has it
    public static String of(CommandLine command) {
        return new ManPage(command.getCommandSpec()).text();
    }

    /// The pages of a command and its commands.
    ///
    /// @param command of picocli, as the command line has it
    /// @return by their file names, sorted
    public static Map<String, String> all(CommandLine command) {
        Map<String, String> pages = new TreeMap<>();
        pages.put(name(command) + ".1", of(command));
        for (CommandLine each : command.getSubcommands().values()) {
            pages.put(name(each) + ".1", of(each));
        }
        return pages;
    }

    private String text() {
        String name = spec.qualifiedName("-");
        roff.title(
                name.toUpperCase(Locale.ROOT),
                String.join(" ", spec.root().version()).replaceAll(" \\(.*", ""));
        roff.section("NAME");
        roff.filled(name + " - " + withoutPoint(joined(spec.usageMessage().header())));
        roff.section("SYNOPSIS");
        String synopsis = new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
        roff.bold(
                spec.qualifiedName(),
                " "
                        + joined(synopsis.split("\\R"))
                                .substring(spec.qualifiedName().length())
                                .strip());
        roff.section("DESCRIPTION");
        roff.filled(joined(spec.usageMessage().header()));
        roff.filled(joined(spec.usageMessage().description()));
        arguments();
        commands();
        footer();
        roff.section("EXIT STATUS");
        roff.filled("0 for success, 1 for failure, with one line on standard error, 2 for wrong usage.");
        seeAlso();
        return roff.toString();
    }

    private void arguments() {
        List<ArgSpec> all = new ArrayList<>();
        for (PositionalParamSpec each : spec.positionalParameters()) {
            if (!each.hidden()) {
                all.add(each);
            }
        }
        for (OptionSpec each : spec.options()) {
            if (!each.hidden()) {
                all.add(each);
            }
        }
        if (!all.isEmpty()) {
            roff.section("OPTIONS");
        }
        for (ArgSpec each : all) {
            String term = each instanceof OptionSpec option
                    ? String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : "=" + option.paramLabel())
                    : each.paramLabel();
            roff.item(term, joined(each.description()));
        }
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        roff.section("COMMANDS");
        spec.subcommands()
                .forEach((name, command) -> roff.item(
                        name, joined(command.getCommandSpec().usageMessage().header())));
    }

    /// Notes and examples stay as they are.
    private void footer() {
        List<String> block = new ArrayList<>();
        boolean isExample = false;
        for (String line : spec.usageMessage().footer()) {
            String plain = Ansi.OFF.string(line);
            if (plain.equals(EXAMPLES)) {
                flush(block);
                roff.section("EXAMPLES");
                isExample = true;
            } else if (!plain.isBlank()) {
                if (block.isEmpty() && !isExample) {
                    roff.section("NOTES");
                }
                block.add(plain);
            }
        }
        flush(block);
    }

    private void flush(List<String> block) {
        if (!block.isEmpty()) {
            roff.lines(block);
        }
        block.clear();
    }

    private void seeAlso() {
        CommandSpec root = spec.root();
        if (root == spec && spec.subcommands().isEmpty()) {
            return;
        }
        roff.section("SEE ALSO");
        if (root != spec) {
            roff.bold(root.name(), "(1)");
            return;
        }
        spec.subcommands().values().forEach(each -> roff.bold(name(each), "(1)"));
    }

    private static String joined(String... lines) {
        StringBuilder all = new StringBuilder();
        for (String each : Arrays.asList(lines)) {
            String plain = Ansi.OFF.string(each).strip();
            if (!plain.isEmpty()) {
                all.append(all.isEmpty() ? "" : " ").append(plain);
            }
        }
        return all.toString();
    }

    private static String withoutPoint(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
