package dev.repoint.cli.install;

import dev.repoint.Repoint;
import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of an installation, by their paths below the prefix:
///
/// | folder | what |
/// | --- | --- |
/// | `bin` | the launcher |
/// | `lib/repoint` | the command line, the agent, the modules that programs compile against, the demo |
/// | `include/repoint` | the header and the flags for C |
/// | `share` | manual pages, completion, documents |
public final class InstalledTree {

    /// The folder of the jars, below the prefix.
    static final String LIBRARY = "lib/repoint/";

    private static final String PROGRAMS = "bin/";

    private final Map<String, Content> files = new TreeMap<>();

    private InstalledTree() {}

    /// What a clone installs.
    ///
    /// @param clone its folder; everything in it is built
    /// @param texts more files, by their paths below the prefix
    /// @throws IOException if the clone cannot be read
    public static InstalledTree of(Path clone, Map<String, String> texts) throws IOException {
        InstalledTree tree = new InstalledTree();
        tree.programs(clone);
        tree.jars(clone);
        tree.folder("include/repoint/", clone.resolve("include"));
        tree.documents(clone);
        texts.forEach((path, text) -> tree.files.put(path, Content.text(text)));
        return tree;
    }

    private void programs(Path clone) {
        file(PROGRAMS + "repoint", clone.resolve("cli/src/launcher/repoint"));
        file(LIBRARY + "launch.sh", clone.resolve("cli/src/launcher/launch.sh"));
    }

    private void jars(Path clone) throws IOException {
        String jar = "-" + Repoint.version() + ".jar";
        file(LIBRARY + "repoint-cli.jar", clone.resolve("cli/target/repoint-cli" + jar));
        folder(LIBRARY + "jars/", clone.resolve("cli/target/lib"));
        file(LIBRARY + "repoint-agent.jar", clone.resolve("jvm/agent/target/repoint-agent" + jar));
        file(LIBRARY + "repoint-junit.jar", clone.resolve("jvm/junit/target/repoint-junit" + jar));
        Path demo = clone.resolve("examples/demo-service/target");
        file(LIBRARY + "demo/repoint-demo.jar", demo.resolve("repoint-demo" + jar));
        file(
                LIBRARY + "demo/repoint-demo-dropin.jar",
                demo.resolve("repoint-demo" + jar.replace(".jar", "-dropin.jar")));
        file(LIBRARY + "demo/lib/commons-codec.jar", demo.resolve("lib/commons-codec.jar"));
    }

    private void documents(Path clone) throws IOException {
        String documents = "share/doc/repoint/";
        for (String name : Set.of("README.md", "CHANGELOG.md", "LICENSE", "NOTICE")) {
            file(documents + name, clone.resolve(name));
        }
        try (Stream<Path> pages = Files.list(clone.resolve("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md"))
                    .forEach(page -> file(documents + "docs/" + page.getFileName(), page));
        }
    }

    private void folder(String path, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> file(path + folder.relativize(file), file));
        }
    }

    private void file(String path, Path from) {
        if (!Files.isRegularFile(from)) {
            throw new CommandFailure(from + " is missing; build it: mvn package -DskipTests");
        }
        files.put(path, Content.copy(from));
    }

    /// The paths below the prefix, sorted.
    public Set<String> paths() {
        return Collections.unmodifiableSet(files.keySet());
    }

    /// Writes all files. Everyone may read them, whatever the `umask` is.
    ///
    /// @param folder takes them; created if it does not exist
    /// @throws IOException if a file exists already, or cannot be written
    public void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, Content> each : files.entrySet()) {
            Path file = folder.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            try (InputStream content = each.getValue().open()) {
                long unused = Files.copy(content, file);
            }
            boolean isProgram = each.getKey().startsWith(PROGRAMS);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
