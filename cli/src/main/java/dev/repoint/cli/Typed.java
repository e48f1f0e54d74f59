package dev.repoint.cli;

import dev.repoint.PatchException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Arguments as they were typed. They are read here and not by a converter of picocli: of a list that is not
/// whole it would say that the argument is unexpected, and not why.
final class Typed {

    private Typed() {}

    /// Reads arguments.
    ///
    /// @param spec the command that they were given to
    /// @param texts what was typed
    /// @param read reads one, and throws a [PatchException] that tells what is wrong with it
    /// @return what was read, in that order
    /// @throws ParameterException if one is wrong
    static <T> List<T> all(CommandSpec spec, List<String> texts, Function<String, T> read) {
        try {
            return texts.stream().map(read).toList();
        } catch (PatchException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
