package dev.repoint.cli;

import dev.repoint.cli.output.OutputException;
import dev.repoint.cli.output.SafeWriter;
import dev.repoint.elf.FileReplacement;
import dev.repoint.weaver.Staging;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/// Runs the command line in this process.
public final class Main {

    private Main() {}

    /// Runs a command, then ends the process with its [exit code][ExitCode].
    ///
    /// @param arguments the command and what belongs to it
    public static void main(String[] arguments) {
        Staging.removeUnfinishedAtExit();
        FileReplacement.removeUnfinishedAtExit();
        System.exit(run(writer(FileDescriptor.out, System.out), writer(FileDescriptor.err, System.err), arguments));
    }

    /// Runs a command.
    ///
    /// @param out for data; flushed at the end
    /// @param err for notices; flushed at the end
    /// @param arguments the command and what belongs to it
    /// @return the exit code
    public static int run(Writer out, Writer err, String... arguments) {
        SafeWriter data = SafeWriter.of(out);
        SafeWriter notices = SafeWriter.of(err);
        int code;
        try {
            code = execute(data, notices, arguments);
            data.flush();
        } catch (OutputException e) {
            code = Errors.output(e, notices);
        }
        boolean isWritten = !data.hasFailed() && !notices.hasFailed();
        return isWritten || code != ExitCode.OK ? code : ExitCode.FAILURE;
    }

    private static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        String garbled = Encoding.complaint(arguments);
        if (garbled != null) {
            err.println("repoint: " + garbled);
            return ExitCode.USAGE;
        }
        CommandLine line = Commands.line(arguments)
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(Errors.WIDTH)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Errors::usage)
                .setExecutionExceptionHandler(Errors::execution)
                .setExecutionStrategy(parsed -> {
                    try {
                        return new CommandLine.RunLast().execute(parsed);
                    } catch (OutputException e) { // of help, which is no command
                        return Errors.output(e, err);
                    }
                });
        return line.execute(arguments);
    }

    /// A [PrintStream] does not tell that it could not write, or why; its encoding is right.
    private static Writer writer(FileDescriptor descriptor, PrintStream stream) {
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), stream.charset()));
    }
}
