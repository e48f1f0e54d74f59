package dev.repoint.bench;

import dev.repoint.bench.calls.chain.Chain;
import dev.repoint.bench.calls.chain.DirectChain;
import dev.repoint.bench.calls.chain.DirectCopy;
import dev.repoint.bench.calls.chain.DirectTargets;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.direct.DirectScope;
import dev.repoint.weaver.direct.FileSurroundings;
import dev.repoint.weaver.direct.ModuleRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what [DirectCopy] defines: the chain whose calls lead straight to their targets.
final class DirectCopies {

    private static final int LEVELS = 14;

    private DirectCopies() {}

    /// Adds the copies to a jar.
    static void add(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            for (Chain.Part part : List.of(Chain.Part.FEW, Chain.Part.HALF)) {
                FileSurroundings surroundings = new FileSurroundings(true, ModuleRules.of(null));
                DirectCopy.CLASSES.forEach(each -> surroundings.add(bytesOf(each)));
                DirectScope scope = new DirectScope(policies(part), DirectCopies::find, surroundings);
                for (Class<?> each : DirectCopy.CLASSES) {
                    Path copy = files.getPath(DirectCopy.entry(part, each.getName()));
                    Files.createDirectories(copy.getParent());
                    Files.write(copy, scope.point(bytesOf(each)).bytes());
                }
            }
        }
    }

    private static List<Policy> policies(Chain.Part part) {
        List<Policy> policies = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            if (part.has(level)) {
                policies.add(Policy.parse(DirectChain.class.getName() + ".level" + level + "="
                        + DirectTargets.class.getName() + ".level" + level));
            }
        }
        return policies;
    }

    private static byte[] bytesOf(Class<?> type) {
        byte[] bytes = find(type.getName().replace('.', '/'));
        if (bytes == null) {
            throw new LinkageError("no class file of " + type.getName());
        }
        return bytes;
    }

    private static byte @Nullable [] find(String internalName) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
