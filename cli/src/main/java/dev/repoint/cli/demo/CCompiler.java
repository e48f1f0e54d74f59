package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A C compiler of this system.
///
/// @param program its file
record CCompiler(Path program) {

    private static final List<String> NAMES = List.of("gcc", "clang", "cc");

    /// The first of gcc, clang and cc that there is.
    ///
    /// @param path the folders to look in, as in the environment variable `PATH`
    /// @throws CommandFailure if there is none
    static CCompiler find(String path) {
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(CCompiler::new)
                .orElseThrow(() -> new CommandFailure("the demo of native code builds a server in C, and found none of "
                        + String.join(", ", NAMES) + " on the PATH; install the package gcc"));
    }

    /// Compiles and links.
    ///
    /// @param output the program or library
    /// @param options the source and all else
    /// @throws CommandFailure if it fails, with what it said
    /// @throws IOException if it cannot be started
    void build(Path output, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        command.addAll(List.of("-o", output.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new CommandFailure(failure(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the demo was interrupted", e);
        }
    }

    /// A compiler may be there without the headers of the C library, or with a linker that it cannot find.
    private String failure(String said) {
        String first = said.lines()
                .filter(line -> line.contains("error"))
                .findFirst()
                .orElse(said.isBlank() ? "nothing" : said.lines().findFirst().orElseThrow());
        String remedy = first.contains("No such file or directory") || first.contains("file not found")
                ? "; install the package libc6-dev"
                : first.contains("ld") ? "; install the package binutils" : "";
        return program + " cannot build the demo's server, it says: " + first.strip() + remedy;
    }
}
