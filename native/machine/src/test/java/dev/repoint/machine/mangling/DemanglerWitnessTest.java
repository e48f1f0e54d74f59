package dev.repoint.machine.mangling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All names of the C++ libraries of this machine, against `c++filt` of GNU binutils.
class DemanglerWitnessTest {

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib/x86_64-linux-gnu"), Path.of("/usr/lib/aarch64-linux-gnu"), Path.of("/usr/lib64"));
    private static final List<String> LIBRARIES =
            List.of("libstdc++.so.6", "libclang-cpp.so.", "libLLVM-", "libicui18n.so.");

    @TempDir
    private Path folder;

    @Test
    void allNamesOfTheLibrariesAreThoseOfBinutils() throws IOException {
        Tool.CXXFILT.required();
        List<Path> libraries = libraries();
        Assumptions.assumeFalse(libraries.isEmpty(), "no C++ library: install the package libstdc++6");
        for (Path library : libraries) {
            List<String> symbols = symbols(library);
            assertThat(symbols).as(library.toString()).isNotEmpty();
            Path arguments = Files.writeString(folder.resolve("names"), String.join("\n", symbols) + "\n");
            List<String> names = Run.succeeding(folder, List.of("c++filt", "-i", "@" + arguments))
                    .lines();
            List<String> different = new ArrayList<>();
            for (int i = 0; i < symbols.size(); i++) {
                Demangled name = Demangler.demangle(symbols.get(i));
                // What binutils cannot read we may.
                boolean isRead = !names.get(i).equals(symbols.get(i));
                if (isRead && (name == null || !names.get(i).equals(name.whole()))) {
                    different.add(symbols.get(i) + ": " + name);
                }
            }
            assertThat(different).as(library.toString()).isEmpty();
        }
    }

    private static List<Path> libraries() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path each : FOLDERS) {
            if (!Files.isDirectory(each)) {
                continue;
            }
            try (Stream<Path> files = Files.list(each)) {
                files.filter(file ->
                                LIBRARIES.stream().anyMatch(file.getFileName().toString()::startsWith))
                        .filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file)
                                || file.endsWith("libstdc++.so.6"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<String> symbols(Path library) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        SymbolTable symbols = ElfFile.read(library).dynamicSymbols();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.name(i).startsWith("_Z")) {
                names.add(symbols.name(i));
            }
        }
        return List.copyOf(names);
    }
}
