package dev.repoint.cli.home;

import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of this Repoint, and what lies in it: a clone, or `lib/repoint` of an installation.
///
/// @param root the folder that the launcher names
public record Home(Path root) {

    private static final String PROPERTY = "repoint.home";

    /// The home that the launcher names.
    ///
    /// @return an absolute path
    /// @throws CommandFailure if the command line was not started by the launcher
    public static Home find() {
        String root = System.getProperty(PROPERTY);
        if (root == null) {
            throw new CommandFailure("does not know where it is installed; start it by the script ./repoint, or pass -D"
                    + PROPERTY + "=FOLDER");
        }
        return new Home(Path.of(root).toAbsolutePath().normalize());
    }

    /// The self-contained agent.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path agentJar() {
        return existing("the agent's jar", layout().agent(root));
    }

    /// The service of the demo.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path demoJar() {
        return existing("the demo's service", demo("repoint-demo%s.jar"));
    }

    /// The drop-in of the demo, which the service does not have on its class path.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path dropInJar() {
        return existing("the demo's drop-in", demo("repoint-demo%s-dropin.jar"));
    }

    /// The library that the service of the demo works with.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path demoLibrary() {
        return existing("the demo's library", demo("lib/commons-codec.jar"));
    }

    /// The folder of the C header and of the documented flags.
    ///
    /// @return an existing folder
    /// @throws CommandFailure if the header is missing
    public Path include() {
        Path folder = layout().include(root);
        Path unused = existing("the C header", folder.resolve("repoint.h"));
        return folder;
    }

    /// Whether this is an installation, and not a clone.
    public boolean isInstalled() {
        return layout() == Layout.INSTALLED;
    }

    private Layout layout() {
        return Layout.of(root);
    }

    private Path demo(String name) {
        return layout().demo(root, name);
    }

    private Path existing(String what, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(what + " is missing: " + file + "; " + layout().remedy());
        }
        return file;
    }
}
