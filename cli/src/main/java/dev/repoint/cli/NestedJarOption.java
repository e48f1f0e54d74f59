package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.NestedJars;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The option of which libraries inside a jar are looked into.
final class NestedJarOption {

    @Option(
            names = "--only",
            paramLabel = "LIBRARY",
            description = "Reads only these libraries in the file: acme-*.jar.")
    private List<String> only = new ArrayList<>();

    /// Whether it was given.
    boolean isGiven() {
        return !only.isEmpty();
    }

    /// What was given.
    ///
    /// @throws CommandFailure if a pattern is malformed
    NestedJars jars() {
        try {
            return new NestedJars(only);
        } catch (WeaveException e) {
            throw new CommandFailure("--only: " + e.getMessage(), e);
        }
    }
}
