package dev.repoint.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// The training run for the JVM's AOT cache (`-XX:AOTCacheOutput`, JEP 514): it runs frequent commands, so that
/// the JVM records what they load and link. Later commands start in half the time. The launcher runs it after a
/// build.
final class AotTraining {

    private static final String CLASS = ".class";

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        for (String jar : classPath) {
            load(Path.of(jar));
        }
        Path scratch = Files.createTempDirectory("repoint-aot");
        try {
            Path library = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
            for (List<String> command : commands(library.toString(), classPath[0], scratch)) {
                run(command);
            }
        } finally {
            Files.deleteIfExists(scratch.resolve("table"));
            Files.delete(scratch);
        }
    }

    /// The commands that people type most. Their exit codes do not matter.
    private static List<List<String>> commands(String library, String jar, Path scratch) {
        return List.of(
                List.of("--help"),
                List.of("sites", "--summary", library),
                List.of("sites", "--json", library),
                List.of("sites", library, "--patchable", "*malloc*"),
                List.of("sites", jar, "--patchable", "java.lang.System.nanoTime"),
                List.of("patch", library, "malloc=nothing", "--dry-run"),
                List.of("table", library, "-o", scratch.resolve("table").toString()),
                List.of("status", Long.toString(Long.MAX_VALUE)));
    }

    private static void run(List<String> command) {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        Main.run(nobody, nobody, command.toArray(String[]::new));
    }

    /// Loads all classes of the native half: no single file needs every one.
    private static void load(Path jar) throws IOException, ClassNotFoundException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                boolean ours = name.startsWith("dev/repoint/machine/") || name.startsWith("dev/repoint/elf/");
                if (ours && name.endsWith(CLASS)) {
                    Class.forName(
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
                }
            }
        }
    }
}
