package dev.repoint.cli;

import dev.repoint.agent.control.Outcome;
import java.io.PrintWriter;
import java.util.List;

/// What became of the changes of `set` and `reset`: `com.acme.Crc.update(int,byte[]): default -> com.acme.Fast.update`.
final class Outcomes {

    private Outcomes() {}

    /// Prints a line for each.
    static void print(List<Outcome> outcomes, PrintWriter out) {
        for (Outcome outcome : outcomes) {
            String note = outcome.note().isEmpty() ? "" : " (" + outcome.note() + ")";
            out.println(outcome.key() + ": " + outcome.before() + " -> " + outcome.target() + note);
        }
    }
}
