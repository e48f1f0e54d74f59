package dev.repoint.bench.trace;

import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The tools of others, which Maven fetches when they are first measured.
final class Downloads {

    static final String ARTHAS = "4.1.5";
    static final String BTRACE = "2.2.6";

    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

    private Downloads() {}

    /// Arthas.
    ///
    /// @return its folder
    static Path arthas(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.scratch("trace").resolve("arthas-" + ARTHAS);
        if (Files.notExists(folder)) {
            Path zip = fetch(settings, "com.taobao.arthas", "arthas-packaging", ARTHAS, "zip", "bin");
            Path part = Files.createTempDirectory(settings.scratch("trace"), "arthas");
            unpack(zip, part);
            Files.move(part, folder);
        }
        return folder;
    }

    /// A jar of BTrace under the name by which its parts look for each other.
    ///
    /// @param part `agent`, `boot` or `client`
    /// @return the jar
    static Path btrace(Settings settings, String part) throws IOException, InterruptedException {
        Path jar = settings.scratch("trace").resolve("btrace-" + part + ".jar");
        if (Files.notExists(jar)) {
            Files.move(fetch(settings, "io.btrace", "btrace-" + part, BTRACE, "jar", ""), jar);
        }
        return jar;
    }

    private static Path fetch(
            Settings settings, String group, String artifact, String version, String type, String classifier)
            throws IOException, InterruptedException {
        Path folder = settings.scratch("trace");
        Files.createDirectories(folder);
        String suffix = classifier.isEmpty() ? "" : ":" + classifier;
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-q",
                        "-B",
                        COPY,
                        "-Dartifact=" + group + ":" + artifact + ":" + version + ":" + type + suffix,
                        "-DoutputDirectory=" + folder,
                        "-Dmdep.stripVersion=true")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Path file = folder.resolve(artifact + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type);
        if (maven.waitFor() != 0 || Files.notExists(file)) {
            throw new IOException("Maven does not fetch " + artifact + " " + version + ":\n" + said);
        }
        return file;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : archive.stream().toList()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(zip + " has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(archive.getInputStream(entry), file);
                }
            }
        }
    }
}
