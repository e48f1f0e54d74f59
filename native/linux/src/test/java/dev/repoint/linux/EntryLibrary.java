package dev.repoint.linux;

import dev.repoint.fixtures.Run;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A library of functions whose first instructions are of each class, patched at their entries.
///
/// @param library as other tests use it
record EntryLibrary(Library library, Path folder) {

    /// Each returns its argument plus 1.
    static final List<String> FUNCTIONS = List.of(
            "whole",
            "frame",
            "marked",
            "bytes",
            "relative",
            "conditional",
            "jumping",
            "counted",
            "calling",
            "small",
            "stores");

    /// Loads it. Compiles it into the folder first, unless another program of the same test has done so.
    static EntryLibrary load(Path folder) throws IOException {
        Path file = folder.resolve("libentries.so");
        if (!Files.exists(file)) {
            Path source = folder.resolve("entries.cc");
            try (InputStream text = EntryLibrary.class.getResourceAsStream("entries.cc")) {
                Files.copy(text, source);
            }
            Run.succeeding(
                    folder,
                    List.of("g++", "-O2", "-fPIC", "-shared", "-o", file.toString(), source.toString(), "-pthread"));
        }
        Library library = Library.load(file);
        library.call("init");
        return new EntryLibrary(library, folder);
    }

    /// Another library, with a target that calls a function of this one.
    Library outside() throws IOException {
        Files.writeString(folder.resolve("outside.c"), """
            int frame(int);
            int outside(int x) {
                return frame(x) * 7;
            }
            """);
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O2",
                        "-fPIC",
                        "-shared",
                        "-o",
                        "liboutside.so",
                        "outside.c",
                        folder.resolve("libentries.so").toString()));
        return Library.load(folder.resolve("liboutside.so"));
    }

    /// A function that is patched at its entry.
    NativePatchable entry(String function) {
        return module().patchable(function, PatchChoice.ENTRY);
    }

    NativeModule module() {
        return library.module();
    }

    int call(String function, int... arguments) {
        return library.call(function, arguments);
    }

    List<byte[]> memory() throws IOException {
        return library.memory();
    }
}
