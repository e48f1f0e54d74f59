package dev.repoint.cli;

import dev.repoint.elf.FileOffset;
import dev.repoint.elf.FileReplacement;
import dev.repoint.weaver.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that is in the middle of writing in every way, and stays there.
public final class HalfWritten {

    private HalfWritten() {}

    /// Begins, says so, and waits for the end of standard input.
    ///
    /// @param arguments the folder to write to
    @SuppressWarnings("try") // they are not to be closed
    public static void main(String[] arguments) throws IOException {
        Staging.removeUnfinishedAtExit();
        FileReplacement.removeUnfinishedAtExit();
        Path folder = Path.of(arguments[0]);
        try (Staging file = Staging.file(folder.resolve("a.jar"), null);
                Staging tree = Staging.folder(folder.resolve("classes"));
                FileReplacement elf = FileReplacement.of(null, folder.resolve("server"))) {
            Files.writeString(file.path(), "half");
            Files.createDirectories(tree.path().resolve("acme"));
            Files.writeString(tree.path().resolve("acme/Crc.class"), "half");
            elf.write(new FileOffset(0), new byte[100]);
            System.out.println("ready");
            int end = System.in.read();
            throw new IOException("it went on: " + end);
        }
    }
}
