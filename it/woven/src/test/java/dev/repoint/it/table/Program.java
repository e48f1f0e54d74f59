package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.ClassPattern;
import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.WeaveResult;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program of the fixtures: the classes of one package, each in its edition, spread over class loaders.
///
/// A class in the subpackage `lib` is defined by a loader of its own, above that of the other classes.
final class Program {

    private final String entry;
    private final String root;
    private final Map<String, UnaryOperator<byte[]>> editions = new HashMap<>();
    private boolean staleWeaver;
    private List<KeyPattern> patchable = List.of(KeyPattern.parse("**"));
    private List<KeyPattern> sites = List.of(KeyPattern.parse("**"));
    private List<ClassPattern> in = List.of();

    private Program(Class<? extends Runnable> entry) {
        this.entry = entry.getName();
        this.root = entry.getPackageName() + ".";
    }

    /// The program that starts at a class.
    static Program of(Class<? extends Runnable> entry) {
        return new Program(entry);
    }

    /// With a later version of a class, made from its class file.
    Program with(String simpleName, UnaryOperator<byte[]> edition) {
        editions.put(root + simpleName, edition);
        return this;
    }

    /// Without a class.
    Program without(String simpleName) {
        return with(simpleName, bytes -> null);
    }

    /// Woven against the classes as they were, not as they are when the program runs.
    Program wovenAgainstOldVersions() {
        staleWeaver = true;
        return this;
    }

    /// With only these methods patchable at their entries.
    Program patchable(String... keys) {
        patchable = patterns(keys);
        return this;
    }

    /// With only the calls of these methods patchable, in these classes if any are given.
    Program sites(List<String> keys, String... classes) {
        sites = patterns(keys.toArray(String[]::new));
        in = java.util.Arrays.stream(classes)
                .map(name -> ClassPattern.parse(root + name))
                .toList();
        return this;
    }

    /// A copy of the program that has not run.
    Loaded load(Weave weave) {
        Result result = new Result();
        ClassLoader lib = new Loader(weave, result, getClass().getClassLoader(), true);
        return new Loaded(new Loader(weave, result, lib, false), result);
    }

    /// What the program did.
    ///
    /// @param lines the trace
    /// @param woven what the weaver did
    record Outcome(List<String> lines, Result woven) {}

    /// Runs the program in loaders of its own.
    Outcome run(Weave weave) {
        return load(weave).run();
    }

    /// What the weaver did to the classes that were loaded.
    static final class Result {
        private final List<Key> entries = new ArrayList<>();
        private final List<String> sites = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();

        synchronized void add(WeaveResult result) {
            result.entries().forEach(patched -> entries.add(patched.key()));
            result.sites().forEach(site -> sites.add(site.kind() + " " + site.key()));
            rejections.addAll(result.rejections());
        }

        synchronized List<Key> entries() {
            return List.copyOf(entries);
        }

        synchronized List<String> sites() {
            return List.copyOf(sites);
        }

        synchronized List<Rejection> rejections() {
            return List.copyOf(rejections);
        }
    }

    /// A copy of the program in its loaders.
    final class Loaded {
        private final ClassLoader loader;
        private final Result result;

        Loaded(ClassLoader loader, Result result) {
            this.loader = loader;
            this.result = result;
        }

        /// A class of the program.
        Class<?> type(String simpleName) {
            try {
                return Class.forName(root + simpleName, false, loader);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        /// Calls a static method without parameters.
        void call(String simpleName, String method) {
            try {
                var declared = type(simpleName).getDeclaredMethod(method);
                declared.setAccessible(true);
                declared.invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        /// All classes of the program, loaded and not initialised. Those that the edition lacks are left out.
        List<Class<?>> types() {
            List<Class<?>> types = new ArrayList<>();
            for (String name : names()) {
                try {
                    types.add(Class.forName(name, false, loader));
                } catch (ClassNotFoundException e) {
                    assertThat(editions).containsKey(name);
                }
            }
            return types;
        }

        ClassLoader loader() {
            return loader;
        }

        /// Runs the program and takes its trace.
        Outcome run() {
            Trace.take();
            try {
                Object program =
                        Class.forName(entry, true, loader).getConstructor().newInstance();
                Thread.currentThread().setContextClassLoader(loader);
                Runnable.class.getMethod("run").invoke(program);
            } catch (InvocationTargetException e) {
                Trace.line("the program threw");
                Trace.failure(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            } finally {
                Thread.currentThread().setContextClassLoader(Program.class.getClassLoader());
            }
            return new Outcome(Trace.take(), result);
        }
    }

    /// The names of all classes of the program, in order.
    private List<String> names() {
        try {
            Path folder = Path.of(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(folder.resolve(root.replace('.', '/')))) {
                return files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '.'))
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length()))
                        .sorted()
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] original(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] edition(String name) {
        byte[] bytes = original(name);
        UnaryOperator<byte[]> edition = editions.get(name);
        return bytes == null || edition == null ? bytes : edition.apply(bytes);
    }

    private static List<KeyPattern> patterns(String... keys) {
        return java.util.Arrays.stream(keys).map(KeyPattern::parse).toList();
    }

    private final class Loader extends ClassLoader {
        private final Weave weave;
        private final Result result;
        private final boolean lib;
        private final Map<String, byte[]> defined = new ConcurrentHashMap<>();

        Loader(Weave weave, Result result, ClassLoader parent, boolean lib) {
            super(lib ? "lib" : "app", parent);
            this.weave = weave;
            this.result = result;
            this.lib = lib;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(root) || lib != name.startsWith(root + "lib.")) {
                if (name.startsWith(root) && lib) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = edition(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            if (weave != Weave.PLAIN) {
                WeaveResult woven = weave.apply(bytes, this::find, patchable, sites, in);
                result.add(woven);
                bytes = woven.bytes();
            }
            defined.put(name.replace('.', '/') + ".class", bytes);
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] bytes = defined.get(name);
            return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
        }

        private byte[] find(String internalName) {
            String name = internalName.replace('/', '.');
            return staleWeaver ? original(name) : edition(name);
        }
    }
}
