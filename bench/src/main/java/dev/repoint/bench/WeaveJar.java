package dev.repoint.bench;

import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Weaves the jar of the benchmarks: the entries of its annotated methods. `bench/run` starts it.
public final class WeaveJar {

    private WeaveJar() {}

    /// Weaves a jar.
    ///
    /// @param args the jar, and the jar to write
    /// @throws IOException if a file cannot be read or written
    public static void main(String[] args) throws IOException {
        Weaver weaver = Weaver.of(Selection.ofAnnotated());
        int woven = 0;
        try (JarFile in = new JarFile(args[0]);
                OutputStream out = Files.newOutputStream(Path.of(args[1]));
                JarOutputStream jar = new JarOutputStream(out)) {
            for (JarEntry entry : in.stream().toList()) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                if (entry.getName().startsWith("dev/repoint/bench/") && entry.getName().endsWith(".class")) {
                    WeaveResult result = weaver.weave(bytes, absent -> null, Phase.LOAD);
                    result.rejections().forEach(rejection -> System.err.println(rejection));
                    bytes = result.bytes();
                    woven += result.entries().size();
                }
                jar.putNextEntry(new JarEntry(entry.getName()));
                jar.write(bytes);
                jar.closeEntry();
            }
        }
        System.out.println(woven + " entries woven: " + args[1]);
    }
}
