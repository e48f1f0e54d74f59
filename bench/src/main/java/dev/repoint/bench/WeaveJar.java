package dev.repoint.bench;

import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.WeaveSummary;
import java.nio.file.Path;

/// Weaves the jar of the benchmarks: the entries of its annotated methods. `bench/run` starts it.
public final class WeaveJar {

    private WeaveJar() {}

    /// Weaves a jar.
    ///
    /// @param args the jar, and the jar to write
    public static void main(String[] args) {
        try (Archive jar = Archive.open(Path.of(args[0]))) {
            WeaveSummary summary = jar.weave(Selection.ofAnnotated(), Path.of(args[1]), false);
            System.out.println(summary.entries().size() + " patchables in " + args[1]);
            summary.rejected().forEach(System.err::println);
            if (summary.entries().isEmpty() || !summary.rejected().isEmpty()) {
                System.exit(1);
            }
        }
    }
}
