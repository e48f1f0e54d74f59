package dev.repoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What a command is to work on: a file, or a process that runs. A number is a process, unless a file is called
/// so.
///
/// @param file the file, as it was typed; null if it is a process
/// @param pid  the id of the process; 0 if it is a file
record FileOrProcess(@Nullable Path file, long pid) {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    /// Whether a text means a process.
    static boolean isProcess(String text) {
        return NUMBER.matcher(text).matches() && !Files.exists(Path.of(text));
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
