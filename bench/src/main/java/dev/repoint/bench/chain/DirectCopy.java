package dev.repoint.bench.chain;

import dev.repoint.weaver.Policy;
import dev.repoint.weaver.direct.DirectClass;
import dev.repoint.weaver.direct.DirectScope;
import dev.repoint.weaver.direct.FileSurroundings;
import dev.repoint.weaver.direct.ModuleRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Defines copies of [DirectChain] and [DirectTargets] whose calls are pointed at their targets.
final class DirectCopy extends ClassLoader {

    private static final int LEVELS = 14;
    private static final List<Class<?>> CLASSES = List.of(DirectChain.class, DirectTargets.class);

    private final DirectScope scope;

    private DirectCopy(List<Policy> policies) {
        super(DirectCopy.class.getClassLoader());
        FileSurroundings surroundings = new FileSurroundings(true, ModuleRules.of(null));
        CLASSES.forEach(each -> surroundings.add(bytesOf(each.getName())));
        scope = new DirectScope(policies, DirectCopy::find, surroundings);
    }

    /// A chain with these functions retargeted.
    static IntBinaryOperator of(Chain.Part part) {
        List<Policy> policies = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            if (part.has(level)) {
                policies.add(Policy.parse(DirectChain.class.getName() + ".level" + level + "="
                        + DirectTargets.class.getName() + ".level" + level));
            }
        }
        try {
            return (IntBinaryOperator) new DirectCopy(policies)
                    .loadClass(DirectChain.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the direct chain cannot be loaded", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null
                    || CLASSES.stream().noneMatch(each -> each.getName().equals(name))) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            DirectClass pointed = scope.point(bytesOf(name));
            return defineClass(name, pointed.bytes(), 0, pointed.bytes().length);
        }
    }

    private static byte @Nullable [] find(String internalName) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytesOf(String name) {
        byte[] bytes = find(name.replace('.', '/'));
        if (bytes == null) {
            throw new LinkageError("no class file of " + name);
        }
        return bytes;
    }
}
