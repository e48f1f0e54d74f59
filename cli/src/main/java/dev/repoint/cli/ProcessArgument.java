package dev.repoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The first argument of the commands that work on a running process.
final class ProcessArgument {

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@=+,%-]+");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\"$`]");

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = FileOrProcess.Converter.class,
            description = "The process id.")
    private FileOrProcess subject = new FileOrProcess(null, 0);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The file that was typed in place of a process, or null.
    @Nullable
    Path file() {
        return subject.file();
    }

    /// The id of the process.
    ///
    /// @param answer how the message about a file continues after `'FILE' is a file`
    /// @throws ParameterException if the argument is a file
    long pid(String answer) {
        if (subject.file() == null) {
            return subject.pid();
        }
        throw new ParameterException(command.commandLine(), "'" + subject.file() + "' is a file" + answer);
    }

    /// The id of the process. The message about a file contains the `repoint patch` command for that file.
    ///
    /// @param changes the changes for `repoint patch`
    /// @param effect the effect of that command, such as `redirects its calls in a new file`
    /// @throws ParameterException if the argument is a file
    long pidOrPatch(List<String> changes, String effect) {
        StringBuilder patch = new StringBuilder("repoint patch ").append(quoted(String.valueOf(subject.file())));
        changes.forEach(each -> patch.append(' ').append(quoted(each)));
        return pid("; '" + patch + " -o OUT' " + effect);
    }

    /// Quotes a text for a shell.
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + SPECIAL.matcher(text).replaceAll("\\\\$0") + '"';
    }
}
