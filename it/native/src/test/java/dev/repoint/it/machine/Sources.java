package dev.repoint.it.machine;

import java.nio.file.Path;

/// Where the sources of native programs are.
final class Sources {

    private Sources() {}

    /// The root of the project.
    static Path home() {
        return Path.of(System.getProperty("repoint.home", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /// The folder of the C header.
    static Path include() {
        return home().resolve("include");
    }

    /// A folder of sources beside the tests.
    static Path folder(String name) {
        return home().resolve("it/native/src/test/native").resolve(name);
    }
}
