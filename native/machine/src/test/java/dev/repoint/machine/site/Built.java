package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Builds the sources that lie beside these tests.
public final class Built {

    /// What the documents ask for.
    public static final List<String> FLAGS = List.of("-ffunction-sections", "-Wl,--emit-relocs", "-Wl,--build-id");

    private static final List<String> SOURCES = List.of("calls.c", "more.c");
    private static final String HEADER = "calls.h";

    private Built() {}

    /// A program of all sources.
    ///
    /// @param flags beside `-O2`
    public static Path program(Path folder, Tool compiler, List<String> flags) throws IOException {
        compiler.required();
        copy(folder, HEADER);
        List<String> command = new ArrayList<>(List.of(compiler.command(), "-O2", "-w"));
        command.addAll(flags);
        for (String source : SOURCES) {
            command.add(copy(folder, source).toString());
        }
        command.addAll(List.of("-o", "program"));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }

    /// The table of a program of all sources, with [#FLAGS] and others.
    static SiteTable table(Path folder, Tool compiler, String... flags) throws IOException {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(List.of(flags));
        return Collector.collect(ElfFile.read(program(folder, compiler, all)));
    }

    /// A program or other output of one source that is given.
    static Path source(Path folder, String text, String... command) throws IOException {
        Files.writeString(folder.resolve("one.c"), text);
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("-w", "one.c", "-o", "one"));
        Run.succeeding(folder, all);
        return folder.resolve("one");
    }

    private static Path copy(Path folder, String name) throws IOException {
        try (InputStream source = Built.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IOException("no source " + name);
            }
            Path copy = folder.resolve(name);
            Files.write(copy, source.readAllBytes());
            return copy.getFileName();
        }
    }
}
