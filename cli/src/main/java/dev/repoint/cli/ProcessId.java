package dev.repoint.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The id of a running process, as typed.
final class ProcessId implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            long id = Long.parseLong(text);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // The answer is the same as for a number that is no id.
        }
        throw new TypeConversionException(
                "'" + text + "' is no process id; 'jcmd' lists the JVMs that run, 'ps -e' all processes");
    }
}
