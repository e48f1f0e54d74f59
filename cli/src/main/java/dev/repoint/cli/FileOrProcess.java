package dev.repoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// What a command is to work on: a file, or a process that runs. A number is a process, unless a file is called
/// so.
///
/// @param file the file, as it was typed; null if it is a process
/// @param pid  the id of the process; 0 if it is a file
record FileOrProcess(@Nullable Path file, long pid) {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@=+,%-]+");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\"$`]");

    /// Whether a text means a process.
    static boolean isProcess(String text) {
        return NUMBER.matcher(text).matches() && !Files.exists(Path.of(text));
    }

    /// The process.
    ///
    /// @param answer what there is to say of a file
    /// @return its id
    /// @throws ParameterException if it is a file
    long process(CommandSpec spec, String answer) {
        if (file == null) {
            return pid;
        }
        throw new ParameterException(spec.commandLine(), "'" + file + "' is a file" + answer);
    }

    /// The process.
    ///
    /// @param changes what `repoint patch` would be told to do with a file
    /// @param effect  where the calls of what it writes lead
    /// @return its id
    /// @throws ParameterException if it is a file; the message has the command that changes it
    long processOrPatch(CommandSpec spec, List<String> changes, String effect) {
        StringBuilder command = new StringBuilder("repoint patch ").append(quoted(String.valueOf(file)));
        changes.forEach(each -> command.append(' ').append(quoted(each)));
        return process(spec, "; '" + command + " -o OUT' writes one whose calls lead " + effect);
    }

    /// As a shell takes it.
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + SPECIAL.matcher(text).replaceAll("\\\\$0") + '"';
    }

    /// Reads what was typed.
    static final class Converter implements ITypeConverter<FileOrProcess> {

        @Override
        public FileOrProcess convert(String text) {
            Path file = text.isEmpty() || text.indexOf('\0') >= 0 ? null : Path.of(text);
            return file != null && Files.exists(file)
                    ? new FileOrProcess(file, 0)
                    : new FileOrProcess(null, process(text));
        }

        private static long process(String text) {
            try {
                long id = Long.parseLong(text);
                if (id > 0) {
                    return id;
                }
            } catch (NumberFormatException e) {
                // The answer is the same as for a number that is no id.
            }
            throw new TypeConversionException("'" + text
                    + "' is no process id, and no file; 'jcmd' lists the JVMs that run, 'ps -e' all processes");
        }
    }
}
