package dev.repoint.cli.home;

import dev.repoint.Repoint;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of this Repoint, and what lies in it.
///
/// @param root the folder that holds the launcher
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
        return existing(
                "the agent's jar", root.resolve("jvm/agent/target/repoint-agent-" + Repoint.version() + ".jar"));
    }

    /// The service of the demo.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path demoJar() {
        return existing("the demo's service", demo("repoint-demo-" + Repoint.version() + ".jar"));
    }

    /// The drop-in of the demo, which the service does not have on its class path.
    ///
    /// @return an existing file
    /// @throws CommandFailure if it is missing
    public Path dropInJar() {
        return existing("the demo's drop-in", demo("repoint-demo-" + Repoint.version() + "-dropin.jar"));
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
        Path header = root.resolve("include/repoint.h");
        if (!Files.isRegularFile(header)) {
            throw new CommandFailure("the C header is missing: " + header + "; it comes with Repoint's sources");
        }
        return root.resolve("include");
    }

    private Path demo(String name) {
        return root.resolve("examples/demo-service/target").resolve(name);
    }

    private static Path existing(String what, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(what + " is missing: " + file + "; build it: mvn package -DskipTests");
        }
        return file;
    }
}
