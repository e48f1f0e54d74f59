package dev.repoint.agent.weave;

import dev.repoint.weaver.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes woven class files into a folder, in the folders of their packages. Where two class loaders have a
/// class of one name, the one that was woven last stays.
///
/// @param folder the folder; made when the first class is written
public record ClassDump(Path folder) {

    /// Writes a class file.
    ///
    /// @param internalName such as `com/acme/Crc`
    /// @throws IOException if that fails
    void write(String internalName, byte[] classFile) throws IOException {
        Path file = folder.resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        try (Staging staging = Staging.file(file, null)) {
            Files.write(staging.path(), classFile);
            staging.publish();
        }
    }
}
