package dev.repoint.bench;

import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.WeaveSummary;
import java.io.IOException;
import java.nio.file.Path;

/// Weaves the jar of the benchmarks: the entries of its annotated methods, and the copies for direct mode. `bench/run` starts it.
public final class WeaveJar {

    private WeaveJar() {}

    /// Weaves a jar.
    ///
    /// @param args the jar, and the jar to write
    /// @throws IOException if a jar cannot be read or written
    public static void main(String[] args) throws IOException {
        Path woven = Path.of(args[1]);
        try (Archive jar = Archive.open(Path.of(args[0]))) {
            WeaveSummary summary = jar.weave(Selection.ofAnnotated(), woven, false);
            System.out.println(summary.entries().size() + " patchables in " + args[1]);
            summary.rejected().forEach(System.err::println);
            if (summary.entries().isEmpty() || !summary.rejected().isEmpty()) {
                System.exit(1);
            }
        }
        DirectCopies.add(woven);
    }
}
