package dev.repoint.cli;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands that write a file, with inputs for them.
final class WritingCommands {

    private WritingCommands() {}

    /// Each as it is typed, without the output behind `-o`. Those of native code only where there is a
    /// compiler.
    ///
    /// @param folder for the inputs
    static List<List<String>> in(Path folder) throws IOException {
        String jar = Sources.jar(folder, "app.jar").toString();
        String single = folder.resolve("classes/acme/Crc.class").toString();
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("weave", jar, "--patchable", "acme.**"));
        commands.add(List.of("weave", single, "--patchable", "acme.**"));
        commands.add(List.of("weave", jar)); // a copy
        commands.add(List.of("patch", jar, "acme.Crc.update=constant:1"));
        commands.add(List.of("table", jar, "--patchable", "acme.**"));
        if (Tool.GCC.find().isPresent()) {
            String library = library(folder).toString();
            commands.add(List.of("patch", library, "crc=fast"));
            commands.add(List.of("patch", folder.resolve("crc.o").toString(), "crc=fast"));
            commands.add(List.of("table", library));
        }
        return commands;
    }

    private static Path library(Path folder) throws IOException {
        Files.writeString(folder.resolve("crc.c"), """
            __attribute__((noipa)) int crc(int x) { return x * 31; }
            __attribute__((noipa)) int fast(int x) { return x; }
            int twice(int x) { return crc(x) + crc(x + 1) - fast(x); }
            """);
        Run.succeeding(folder, List.of("gcc", "-O2", "-fPIC", "-ffunction-sections", "-c", "crc.c"));
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-shared",
                        "-Wl,-Bsymbolic",
                        "-Wl,--build-id",
                        "-Wl,--emit-relocs",
                        "crc.o",
                        "-o",
                        "libcrc.so"));
        return folder.resolve("libcrc.so");
    }

    /// Runs one of them.
    static Ran run(List<String> command, Path output) {
        List<String> typed = new ArrayList<>(command);
        typed.add("-o");
        typed.add(output.toString());
        return Ran.repoint(typed.toArray(String[]::new));
    }
}
