package dev.repoint.cli;

import dev.repoint.cli.home.Home;
import java.io.IOException;
import java.nio.file.Path;

/// What is installed, in a new folder: for archives and packages. The release runs it.
final class StagedTree {

    private StagedTree() {}

    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        CloneTree.of(Home.find(), Commands.line()).writeTo(Path.of(arguments[0]));
    }
}
