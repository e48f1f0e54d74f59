package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The server of the demo and the library with its fix, built from our sources in a temporary folder, which
/// goes when this is closed and when this process ends.
final class ServerBuild implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-O2", "-pthread");

    private final Path folder;
    private final CCompiler compiler;
    private final Thread remover = new Thread(this::remove, "demo-remover");
    private final Path server;
    private final Path library;

    private ServerBuild(Home home, CCompiler compiler) throws IOException {
        this.compiler = compiler;
        this.folder = Files.createTempDirectory("repoint-demo");
        Runtime.getRuntime().addShutdownHook(remover);
        this.server = folder.resolve("server");
        this.library = folder.resolve("libtax.so");
        Path include = home.include();
        try {
            build(
                    server,
                    "server.c",
                    "-I" + include,
                    "@" + include.resolve("repoint.cflags"),
                    "@" + include.resolve("repoint.ldflags"));
            build(library, "tax_fixed.c", "-shared", "-fPIC");
        } catch (IOException | CommandFailure e) {
            close();
            throw e;
        }
    }

    /// Builds both.
    ///
    /// @param home with the header and the documented flags
    /// @param compiler to build them with
    /// @throws CommandFailure if the compiler fails
    /// @throws IOException if a file cannot be written
    static ServerBuild of(Home home, CCompiler compiler) throws IOException {
        return new ServerBuild(home, compiler);
    }

    /// The program.
    Path server() {
        return server;
    }

    /// The library with the function that is brought along.
    Path library() {
        return library;
    }

    /// Where both are.
    Path folder() {
        return folder;
    }

    /// The source of the server, beside it.
    Path source() {
        return folder.resolve("server.c");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(remover);
        } catch (IllegalStateException e) {
            return; // This process is ending, so the hook runs now.
        }
        remove();
    }

    private void build(Path output, String source, String... options) throws IOException {
        Path file = folder.resolve(source);
        try (InputStream text = ServerBuild.class.getResourceAsStream(source)) {
            Files.copy(Objects.requireNonNull(text, source), file);
        }
        compiler.build(
                output,
                Stream.of(OPTIONS.stream(), Stream.of(options), Stream.of(file.toString()))
                        .flatMap(each -> each)
                        .toList());
    }

    private void remove() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
