package dev.repoint.weaver.archive;

import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A single class file.
///
/// @param file the file
/// @param bytes its content
@SuppressWarnings("ArrayRecordComponent") // never compared
record SingleClass(Path file, byte[] bytes) implements WholeContents {

    static SingleClass open(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new SingleClass(file, Contents.readAll(in, file.toString()));
        } catch (IOException e) {
            throw new WeaveException(file + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    @Override
    public ArchiveFormat format() {
        return ArchiveFormat.CLASS;
    }

    @Override
    public List<String> names() {
        return List.of(name());
    }

    /// True, regardless of its name.
    @Override
    public boolean isClass(String name) {
        return true;
    }

    @Override
    public byte @Nullable [] read(String name) {
        return name.equals(name()) ? bytes : null;
    }

    /// The file alone, because it has no entries.
    @Override
    public String place(String name) {
        return name;
    }

    @Override
    public void close() {
        // read completely when it was opened
    }

    private String name() {
        return file.getFileName().toString();
    }
}
