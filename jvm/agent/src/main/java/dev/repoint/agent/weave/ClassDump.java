package dev.repoint.agent.weave;

import dev.repoint.weaver.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes woven class files to a folder, in subfolders for their packages. If two class loaders have a class with
/// the same name, the last woven one remains.
///
/// @param folder the folder; created with the first class
public record ClassDump(Path folder) {

    /// Writes a class file.
    ///
    /// @param internalName for example `com/acme/Crc`
    /// @throws IOException if writing fails
    void write(String internalName, byte[] classFile) throws IOException {
        Path file = folder.resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        try (Staging staging = Staging.file(file, null)) {
            Files.write(staging.path(), classFile);
            staging.publish();
        }
    }
}
