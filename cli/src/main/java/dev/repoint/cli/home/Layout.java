package dev.repoint.cli.home;

import dev.repoint.Repoint;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the files of Repoint lie below its home, and what brings back one that is missing.
enum Layout {
    /// A clone, whose folder holds the launcher: each file lies where the build makes it.
    CLONE("build it: mvn package -DskipTests") {
        @Override
        Path agent(Path root) {
            return root.resolve("jvm/agent/target/repoint-agent-" + Repoint.version() + ".jar");
        }

        @Override
        Path demo(Path root, String name) {
            return root.resolve("examples/demo-service/target").resolve(name.formatted("-" + Repoint.version()));
        }

        @Override
        Path include(Path root) {
            return root.resolve("include");
        }
    },

    /// The folder `lib/repoint` of an installation.
    INSTALLED("install Repoint again") {
        @Override
        Path agent(Path root) {
            return root.resolve("repoint-agent.jar");
        }

        @Override
        Path demo(Path root, String name) {
            return root.resolve("demo").resolve(name.formatted(""));
        }

        @Override
        Path include(Path root) {
            return root.resolveSibling("../include/repoint").normalize();
        }
    };

    private static final String LAUNCHER = "launch.sh";

    private final String remedy;

    Layout(String remedy) {
        this.remedy = remedy;
    }

    static Layout of(Path root) {
        return Files.isRegularFile(root.resolve(LAUNCHER)) ? INSTALLED : CLONE;
    }

    /// What to do where a file is missing.
    String remedy() {
        return remedy;
    }

    abstract Path agent(Path root);

    /// @param name of a file of the demo, with `%s` where a clone has the version
    abstract Path demo(Path root, String name);

    abstract Path include(Path root);
}
