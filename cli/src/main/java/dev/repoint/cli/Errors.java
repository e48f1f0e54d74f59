package dev.repoint.cli;

import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.OutputException;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.linux.NativePatchException;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is printed when a command cannot be carried out: one line on stderr. With `REPOINT_DEBUG` set, the
/// stack trace follows.
final class Errors {

    /// The columns that help is written for.
    static final int WIDTH = 80;

    private static final String DEBUG = "REPOINT_DEBUG";

    private Errors() {}

    /// A command that was written wrongly.
    static int usage(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        String command = line.getCommandSpec().qualifiedName();
        print(line.getErr(), usageMessage(failure) + "; see " + command + " --help", failure);
        return ExitCode.USAGE;
    }

    /// A command that failed.
    static int execution(Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
        if (failure instanceof OutputException lost) {
            return output(lost, line.getErr());
        }
        print(line.getErr(), message(failure), failure);
        return ExitCode.FAILURE;
    }

    /// What a command has to say did not arrive.
    static int output(OutputException failure, PrintWriter err) {
        if (!failure.isUnread()) {
            print(err, message(failure), failure);
        }
        return ExitCode.FAILURE;
    }

    /// The line for a failure.
    static String message(Throwable failure) {
        return switch (failure) {
            case OutputException known -> text(known);
            case CommandFailure known -> text(known);
            case PatchException known -> text(known);
            case SyntaxException known -> text(known);
            case WeaveException known -> text(known);
            case ControlException known -> text(known);
            case NativePatchException known -> text(known);
            case ElfException known -> text(known);
            case InvalidPathException known -> Encoding.unnameable(known);
            case UncheckedIOException wrapped when wrapped.getCause() != null -> message(wrapped.getCause());
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": access denied; check its permissions";
            case FileAlreadyExistsException exists -> exists.getFile() + ": exists already; remove it, or name another";
            case DirectoryNotEmptyException full -> full.getFile() + ": is a folder that is not empty";
            case FileSystemException other
            when other.getFile() != null -> other.getFile() + ": " + FileFailure.reason(other);
            case IOException other -> FileFailure.reason(other);
            default ->
                "internal error: " + firstLine(failure.toString()) + "; run it again with " + DEBUG
                        + "=1 for the stack trace, and report it";
        };
    }

    private static void print(PrintWriter err, String message, Throwable failure) {
        err.println("repoint: " + message);
        if (System.getenv(DEBUG) != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            err.print(trace);
        }
        boolean unused = err.checkError();
    }

    /// picocli's own messages name positions; what was typed says more.
    private static String usageMessage(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            boolean option = argument.startsWith("-");
            boolean command = !unmatched.getCommandLine().getSubcommands().isEmpty();
            List<String> nearest = unmatched.getSuggestions();
            return (option ? "unknown option '" : command ? "unknown command '" : "unexpected argument '") + argument
                    + "'"
                    + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?");
        }
        if (failure.getCause() instanceof InvalidPathException known) {
            return Encoding.unnameable(known);
        }
        if (failure.getCause() instanceof TypeConversionException conversion) {
            String option = failure.getArgSpec() instanceof OptionSpec named ? named.longestName() + ": " : "";
            return option + text(conversion);
        }
        return uncapitalised(text(failure));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String uncapitalised(String text) {
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
