package dev.repoint.agent;

import dev.repoint.agent.runtime.PresentRuntimes;
import dev.repoint.agent.runtime.RuntimeInjection;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Makes the runtime visible to every class loader, and starts the agent.
///
/// It appends the agent's jar to the search path of the bootstrap loader. Before that it uses no other class of Repoint but
/// those of package `runtime` that say so. Afterwards all of Repoint comes from the bootstrap loader. With
/// `-Xbootclasspath/a` the JVM has made it visible before, this class too, and keeps its archive of the program's classes.
/// There is one exception: if the boot layer or the system class loader already has a runtime, the agent uses this runtime.
/// If another class loader has defined a runtime, this runtime gets a secondary agent: see [SecondaryAgents].
final class VisibleStart {

    private static final String IN_JAR = "jar:";
    private static final String FILE = "file:";
    private static final String SELF = "dev/repoint/agent/VisibleStart.class";

    private VisibleStart() {}

    /// Starts the agent.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    /// @param late whether the program already runs
    /// @param transformers takes the transformer of an agent that was waited for; null to add it to those of the JVM
    /// @return null, or the reason why this is impossible
    static @Nullable String run(
            @Nullable String options,
            Instrumentation instrumentation,
            boolean late,
            @Nullable Consumer<ClassFileTransformer> transformers) {
        try {
            boolean onBootPath = VisibleStart.class.getClassLoader() == null;
            JarFile jar = onBootPath ? jarOnBootPath() : ownJar();
            String failure = makeVisible(instrumentation, jar, onBootPath, late);
            return failure == null
                    ? RunningAgent.start(options, instrumentation, late, MethodHandles.lookup(), jar, transformers)
                    : failure;
        } catch (Throwable e) { // whatever it is, the JVM would print all of its stack
            return "the agent does not start: " + e;
        }
    }

    /// Makes the runtime visible.
    ///
    /// If a loader of the program has a runtime, the loader first gets all classes of this runtime. So classes of
    /// two runtimes do not mix, even if the loader asks its parent first.
    ///
    /// @return null, or the reason why this is impossible; then nothing has changed
    private static @Nullable String makeVisible(
            Instrumentation instrumentation, @Nullable JarFile jar, boolean onBootPath, boolean late) throws Exception {
        Set<@Nullable ClassLoader> present =
                late ? PresentRuntimes.loaders(instrumentation) : PresentRuntimes.atStart(instrumentation);
        RuntimeInjection injection = null;
        for (ClassLoader loader : present) {
            if (injection == null) {
                injection = new RuntimeInjection(instrumentation);
            }
            String failure = injection.versionMismatch(loader);
            if (failure != null) {
                return failure;
            }
        }
        if (onBootPath) {
            return present.contains(ClassLoader.getSystemClassLoader())
                    ? "the program has the runtime as a module, which hides the one on the boot class path; start it"
                            + " without -Xbootclasspath/a"
                    : null;
        }
        if (present.contains(null) || present.contains(ClassLoader.getSystemClassLoader())) {
            return null;
        }
        if (jar == null) {
            return "its jar cannot be found; load the agent from a jar file";
        }
        for (ClassLoader loader : present) {
            Objects.requireNonNull(injection).complete(Objects.requireNonNull(loader), jar);
        }
        instrumentation.appendToBootstrapClassLoaderSearch(jar);
        return null;
    }

    /// The agent's jar. It stays open, because the file may be removed while the agent runs.
    private static @Nullable JarFile ownJar() throws IOException {
        var domain = VisibleStart.class.getProtectionDomain();
        var source = domain == null ? null : domain.getCodeSource();
        var location = source == null ? null : source.getLocation();
        return location == null || !"file".equals(location.getProtocol()) ? null : open(file(location.toString()));
    }

    /// The agent's jar, if this class comes from the boot class path.
    private static @Nullable JarFile jarOnBootPath() throws IOException {
        URL self = ClassLoader.getSystemResource(SELF); // jar:file:/lib/agent.jar!/dev/...
        String text = self == null ? "" : self.toString();
        int end = text.indexOf("!/");
        return text.startsWith(IN_JAR) && end > 0 ? open(file(text.substring(IN_JAR.length(), end))) : null;
    }

    /// The file of a URL. Most names have nothing to decode, and to parse a URI takes as long as to load ten classes.
    private static File file(String url) {
        return url.startsWith(FILE) && url.indexOf('%') < 0
                ? new File(url.substring(FILE.length()))
                : Path.of(URI.create(url)).toFile();
    }

    private static @Nullable JarFile open(File file) throws IOException {
        return file.isFile() ? new JarFile(file) : null;
    }
}
