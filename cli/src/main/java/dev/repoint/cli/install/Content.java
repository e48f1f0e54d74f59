package dev.repoint.cli.install;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes of a file that is to be installed.
@FunctionalInterface
interface Content {

    /// @return the bytes; the caller closes it
    InputStream open() throws IOException;

    static Content copy(Path file) {
        return () -> Files.newInputStream(file);
    }

    static Content text(String text) {
        return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
