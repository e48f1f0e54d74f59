package dev.repoint.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// Writes the notices of a command to stderr: lines that start with `repoint:`.
///
/// @param spec the command
record Notices(CommandSpec spec) implements Consumer<String> {

    @Override
    public void accept(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("repoint: " + line);
        boolean unused = err.checkError(); // Main looks at the end
    }
}
