package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.it.table.fixtures.standalone.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A woven jar is taken into the archives of the JVM, and works from there.
class CacheTest {

    private static final String MAIN = Main.class.getName();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    static Path folder;

    private static String classPath;

    @BeforeAll
    static void makeJars() throws IOException, URISyntaxException {
        Path runtime = location(Repoint.class);
        Path runtimeJar = runtime;
        if (Files.isDirectory(runtime)) {
            runtimeJar = jar("runtime.jar", runtime, "dev/repoint", false);
        }
        Path app =
                jar("app.jar", location(Main.class), Main.class.getPackageName().replace('.', '/'), true);
        classPath = app + java.io.File.pathSeparator + runtimeJar;
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Path jar(String name, Path classes, String inside, boolean woven) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes.resolve(inside))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                entries.write(woven ? Weave.ALL.apply(bytes, path -> null).bytes() : bytes);
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-cp", classPath));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor())
                .as("%s%n%s", command, String.join("\n", lines))
                .isZero();
        return lines;
    }

    private static void assertWorks(List<String> lines) {
        assertThat(lines).containsSubsequence("default 19800", "target -9900", "default 19800");
    }

    private static void assertFromArchive(List<String> lines) {
        assertThat(lines).anyMatch(line -> line.contains(MAIN + " source: shared objects file"));
        assertThat(lines).anyMatch(line -> line.contains("dev.repoint.link.MethodLink source: shared objects file"));
    }

    @Test
    void aWovenJarRunsFromAnAotCache() throws Exception {
        String cache = folder.resolve("app.aot").toString();
        java("-XX:AOTCacheOutput=" + cache, MAIN, "patch");

        List<String> lines = java("-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-Xlog:class+load", MAIN, "patch");
        assertWorks(lines);
        assertFromArchive(lines);
    }

    @Test
    void aWovenJarRunsFromADynamicArchive() throws Exception {
        String archive = folder.resolve("app.jsa").toString();
        java("-XX:ArchiveClassesAtExit=" + archive, MAIN, "patch");

        List<String> lines = java("-XX:SharedArchiveFile=" + archive, "-Xshare:on", "-Xlog:class+load", MAIN, "patch");
        assertWorks(lines);
        assertFromArchive(lines);
    }

    @Test
    void anArchiveThatWasMadeWithoutAnyPatchServesAPatchedRun() throws Exception {
        String cache = folder.resolve("plain.aot").toString();
        java("-XX:AOTCacheOutput=" + cache, MAIN);

        assertWorks(java("-XX:AOTCache=" + cache, "-XX:AOTMode=on", MAIN, "patch"));
    }
}
