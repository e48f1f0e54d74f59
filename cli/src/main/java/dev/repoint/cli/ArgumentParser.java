package dev.repoint.cli;

import dev.repoint.PatchException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Parses lists of arguments. A converter of picocli cannot do this: where one item of a list is malformed,
/// picocli reports an unexpected argument and drops the reason.
final class ArgumentParser {

    private ArgumentParser() {}

    /// Parses all arguments of a list.
    ///
    /// @param spec the command
    /// @param texts the arguments as typed
    /// @param parse parses one argument, or throws an exception that says what is wrong
    /// @return the values, in that order
    /// @throws ParameterException if an argument is malformed
    static <T> List<T> parseAll(CommandSpec spec, List<String> texts, Function<String, T> parse) {
        try {
            return texts.stream().map(parse).toList();
        } catch (PatchException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
