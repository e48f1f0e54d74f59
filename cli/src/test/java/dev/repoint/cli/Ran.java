package dev.repoint.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A command that was run in this process, as it would be typed.
///
/// @param exit its exit code
/// @param out what it wrote to stdout
/// @param err what it wrote to stderr
record Ran(int exit, String out, String err) {

    static Ran repoint(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ran(exit, out.toString(), err.toString());
    }
}
