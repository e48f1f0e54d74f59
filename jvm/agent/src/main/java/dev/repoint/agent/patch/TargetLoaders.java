package dev.repoint.agent.patch;

import dev.repoint.PatchException;
import dev.repoint.agent.weave.JdkClasses;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.internal.report.PatchRefusal;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The class loaders of targets that the program does not have: one for each class path and each parent loader.
/// References to them are weak: the JVM collects a loader when no target of it is set any more.
///
/// If a jar was replaced, its class path counts as another one. Thread-safe.
public final class TargetLoaders {

    /// Guarded by itself.
    private final Map<ClassLoader, Map<String, WeakReference<ClassLoader>>> loaders = new WeakHashMap<>();

    /// The loader for the targets of a class.
    ///
    /// @param classpath absolute paths; if it is empty, the result is the loader of the class itself
    /// @param owner the loader of the class; null for the bootstrap loader
    /// @throws PatchException if a path does not exist
    @Nullable
    ClassLoader of(List<String> classpath, @Nullable ClassLoader owner) {
        if (classpath.isEmpty()) {
            return owner;
        }
        // Targets for methods of the JDK belong to the program, so their parent is the program's loader.
        ClassLoader parent = owner == null || JdkClasses.areOf(owner) ? ClassLoader.getSystemClassLoader() : owner;
        StringBuilder id = new StringBuilder();
        URL[] urls = new URL[classpath.size()];
        for (int i = 0; i < urls.length; i++) {
            File file = new File(classpath.get(i));
            requireReadable(file);
            id.append(file)
                    .append('@')
                    .append(file.lastModified())
                    .append('+')
                    .append(file.length())
                    .append('\n');
            urls[i] = url(file);
        }
        synchronized (loaders) {
            Map<String, WeakReference<ClassLoader>> children =
                    loaders.computeIfAbsent(parent, absent -> new HashMap<>());
            children.values().removeIf(child -> child.get() == null);
            WeakReference<ClassLoader> known = children.get(id.toString());
            ClassLoader loader = known == null ? null : known.get();
            if (loader == null) {
                loader = new URLClassLoader("targets", urls, parent);
                children.put(id.toString(), new WeakReference<>(loader));
            }
            return loader;
        }
    }

    /// A loader ignores a path that is neither a jar nor a folder, or waits for ever.
    private static void requireReadable(File file) {
        String place = "class path " + file + ": ";
        try {
            Path unused = file.toPath();
        } catch (InvalidPathException e) {
            throw new PatchRefusal(
                    place + "the program runs in the encoding " + System.getProperty("sun.jnu.encoding")
                            + ", which cannot name it; give it by a link whose path is ASCII, or start the program with"
                            + " LC_ALL=C.UTF-8",
                    e);
        }
        if (!file.canRead()) {
            throw new PatchRefusal(place + (file.exists() ? "the program may not read it" : "there is no such file"));
        }
        if (file.isDirectory()) {
            return;
        }
        try {
            FileKind.requireReadable(file.toPath());
            new ZipFile(file).close();
        } catch (ZipException e) {
            throw new PatchRefusal(place + "it is neither a jar nor a folder", e);
        } catch (IOException e) {
            throw new PatchRefusal(place + FileFailure.reason(e), e);
        }
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new PatchRefusal("class path " + file + ": " + e.getMessage(), e);
        }
    }
}
