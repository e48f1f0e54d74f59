package dev.repoint.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/// Runs the command line in this process.
public final class Main {

    private Main() {}

    /// Runs a command, then ends the process with its [exit code][ExitCode].
    ///
    /// @param arguments the command and what belongs to it
    public static void main(String[] arguments) {
        PrintWriter out = writer(System.out);
        PrintWriter err = writer(System.err);
        int code = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /// Runs a command.
    ///
    /// @param out for data
    /// @param err for talk
    /// @param arguments the command and what belongs to it
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = Commands.line(arguments)
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(Errors.WIDTH)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Errors::usage)
                .setExecutionExceptionHandler(Errors::execution);
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()));
    }
}
