package dev.repoint.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Native code that is generated and compiled to be measured, in a folder of its own.
public final class NativeBuild {

    private final Path root;
    private final Path folder;

    /// Begins with what the folder holds: what is built by the same command from the same sources is not built
    /// again.
    ///
    /// @param settings where the project lies, with its header
    /// @param suite whose scratch folder it is
    /// @throws IOException if the folder cannot be made
    public NativeBuild(Settings settings, String suite) throws IOException {
        this.root = settings.root();
        this.folder = settings.scratch(suite);
        Files.createDirectories(folder);
    }

    /// What live patches need and this machine has not.
    ///
    /// @return one line; empty if nothing is missing
    public static String missing() {
        String platform = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        if (!platform.equals("Linux amd64")) {
            return "live patches need x86-64 Linux, and this is " + platform;
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "gcc"))) {
                return "";
            }
        }
        return "there is no C compiler; install the package gcc";
    }

    /// Writes a source file, unless it is there and the same.
    ///
    /// @param name of the file
    /// @param text of the file
    /// @throws IOException if it cannot be written
    public NativeBuild source(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
        return this;
    }

    /// Compiles a library, with the flags that are documented for one whose calls can be patched.
    ///
    /// @param name of the library
    /// @param options sources, other libraries and further options
    /// @return the library
    /// @throws IOException if the compiler is missing or fails
    /// @throws InterruptedException if the thread is interrupted
    public Path library(String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-fcf-protection=none",
                "-fno-ipa-icf",
                "-falign-functions=64",
                "-falign-loops=64",
                "-I" + root.resolve("include"),
                "@" + root.resolve("include/repoint.cflags"),
                "@" + root.resolve("include/repoint-shared.ldflags")));
        command.addAll(List.of(options));
        return build(name, command);
    }

    /// Compiles a file, unless it was built by this command and none of the sources is newer.
    ///
    /// @param name of the file
    /// @param command without the output
    /// @return the file
    /// @throws IOException if the compiler is missing or fails; the message has what it printed
    /// @throws InterruptedException if the thread is interrupted
    public Path build(String name, List<String> command) throws IOException, InterruptedException {
        Path built = folder.resolve(name);
        Path recipe = folder.resolve(name + ".recipe");
        String text = String.join(" ", command);
        boolean isBuilt =
                Files.isRegularFile(recipe) && Files.readString(recipe).equals(text) && !isStale(built);
        if (isBuilt) {
            return built;
        }
        Files.deleteIfExists(recipe);
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("-o", name));
        Process compiler;
        try {
            compiler = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(command.getFirst() + " is missing: install the package " + command.getFirst(), e);
        }
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed:\n" + output);
        }
        Files.writeString(recipe, text);
        return built;
    }

    private boolean isStale(Path built) throws IOException {
        if (!Files.isRegularFile(built)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each :
                    files.filter(file -> file.toString().endsWith(".c")).toList()) {
                if (Files.getLastModifiedTime(each).compareTo(Files.getLastModifiedTime(built)) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
