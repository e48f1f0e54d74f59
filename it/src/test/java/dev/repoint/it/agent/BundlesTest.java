package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.agent.control.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles of an OSGi framework. Their class loaders ask their parent for `java.*` alone: one that does not
/// bring the runtime finds none, and one that embeds it has its own.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BundlesTest {

    /// Installs the bundle of its first argument, and answers each line with what the plugin in it says.
    private static final String FRAMEWORK = """
        // host/Bundles.java
        package host;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.util.Map;
        import java.util.function.Function;
        import org.apache.felix.framework.FrameworkFactory;
        import org.osgi.framework.Bundle;
        import org.osgi.framework.launch.Framework;

        public class Bundles {
            @SuppressWarnings("unchecked")
            public static void main(String[] args) throws Exception {
                Framework framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", args[1]));
                framework.start();
                Bundle bundle = framework.getBundleContext().installBundle(args[0]);
                bundle.start();
                Function<String, String> plugin =
                        (Function<String, String>) bundle.loadClass("plug.P").getConstructor().newInstance();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(plugin.apply(line));
                }
                System.exit(0);
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path framework;
    private static String classPath;
    private static Path plain;
    private static Path embedding;

    @BeforeAll
    static void make() throws IOException {
        framework = Path.of(FrameworkFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Sources sources = new Sources(folder);
        Path host = sources.compile("host", List.of("-cp", framework.toString()), FRAMEWORK);
        classPath = host + File.pathSeparator + framework;
        plain = bundle("plain", sources.compile("plain-classes", Plugins.PLAIN, Plugins.LATE), null);
        Path aware = sources.compile("aware", List.of("-cp", Jvm.RUNTIME.toString()), Plugins.AWARE, Plugins.LATE);
        embedding = bundle("embedding", Sources.woven(aware), Jvm.RUNTIME);
    }

    private static Path bundle(String name, Path classes, Path embedded) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-ClassPath", embedded == null ? "." : ".,runtime.jar");
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String each : List.of("plug/P.class", "plug/Late.class")) {
                out.putNextEntry(new JarEntry(each));
                Files.copy(classes.resolve(each), out);
            }
            if (embedded != null) {
                out.putNextEntry(new JarEntry("runtime.jar"));
                Files.copy(embedded, out);
            }
        }
        return jar;
    }

    private static Jvm start(Path bundle, String... options) throws IOException {
        Path storage = Files.createTempDirectory(folder, "storage");
        List<String> program = List.of(
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "host.Bundles",
                bundle.toUri().toString(),
                storage.toString());
        return Jvm.start(program, options);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAgentAtStartServesThem(boolean embeds) throws IOException {
        String options = Jvm.agent("policy=plug.P.value=plug.P.other;plug.Late.value=constant:9");
        try (Jvm jvm = start(embeds ? embedding : plain, options)) {
            assertThat(List.of(jvm.ask("value"), jvm.ask("late"))).containsExactly("7", "9");
            jvm.reset();
            assertThat(List.of(jvm.ask("value"), jvm.ask("late"))).containsExactly("1", "1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theyAreRetargetedWhileTheyRun(boolean embeds) throws IOException {
        try (Jvm jvm = start(embeds ? embedding : plain)) {
            assertThat(jvm.ask("value")).isEqualTo("1");
            assertThat(jvm.set("plug.P.value=plug.P.other"))
                    .containsExactly(new Outcome("plug.P.value()", "default", "plug.P.other", ""));
            assertThat(jvm.ask("value")).isEqualTo("7");
            jvm.reset();
            assertThat(jvm.ask("value")).isEqualTo("1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void aBundleThatEmbedsTheRuntimeKeepsIt() throws IOException {
        try (Jvm jvm = start(embedding)) {
            assertThat(jvm.ask("value")).isEqualTo("1");
            jvm.set("plug.P.value=plug.P.other");
            assertThat(jvm.ask("5")).as("its own change").isEqualTo("set");
            assertThat(jvm.ask("value")).isEqualTo("5");
            assertThat(jvm.errors()).isEmpty();
        }
    }
}
