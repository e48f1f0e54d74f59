package dev.repoint.bench.calls.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/// Defines the copies of [DirectChain] and [DirectTargets] whose calls lead to their targets. They are written when the
/// benchmarks are woven, as a user's jar would be; no part of Repoint takes part here.
public final class DirectCopy extends ClassLoader {

    /// The classes that there are copies of.
    public static final List<Class<?>> CLASSES = List.of(DirectChain.class, DirectTargets.class);

    private final Chain.Part part;

    private DirectCopy(Chain.Part part) {
        super(DirectCopy.class.getClassLoader());
        this.part = part;
    }

    /// Where a copy is.
    ///
    /// @param part the functions that are retargeted
    /// @param name the class, with dots
    /// @return the name of an entry of the jar
    public static String entry(Chain.Part part, String name) {
        return "direct/" + part.name().toLowerCase(Locale.ROOT) + "/" + name.replace('.', '/') + ".class";
    }

    /// A chain with these functions retargeted.
    static IntBinaryOperator of(Chain.Part part) {
        try {
            return (IntBinaryOperator) new DirectCopy(part)
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
            if (known != null) {
                return known;
            }
            if (CLASSES.stream().noneMatch(each -> each.getName().equals(name))) {
                return super.loadClass(name, resolve);
            }
            byte[] copy = copyOf(name);
            return defineClass(name, copy, 0, copy.length);
        }
    }

    private byte[] copyOf(String name) {
        String entry = entry(part, name);
        try (InputStream in = ClassLoader.getSystemResourceAsStream(entry)) {
            if (in == null) {
                throw new LinkageError("the jar of the benchmarks has no " + entry);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
