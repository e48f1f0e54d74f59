package dev.repoint.linux;

import static dev.repoint.linux.Verify.expect;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Targets that a preloaded library has, and a library that is needed has as well.
final class LivePreloaded {

    private final Path folder;

    LivePreloaded(Path folder) {
        this.folder = folder;
    }

    /// What is preloaded.
    static Path library(Path folder) throws IOException {
        return compile(folder, "libbefore.so", "__attribute__((weak)) int pick(int n) { return n + 7; }\n");
    }

    void preloaded() throws IOException {
        compile(folder, "libneeded.so", "int pick(int n) { return n + 2; }\n");
        Library picking = Library.load(compile(folder, "libpicking.so", """
            int pick(int);
            __attribute__((noipa)) int other(int n) { return n + 3; }
            int own(int n) { return pick(n); }
            int call(int n) { return other(n); }
            """, "-L.", "-lneeded", "-Wl,-rpath,$ORIGIN"));
        expect(picking.call("own", 0), 7, "the loader's choice");
        expect(picking.call("call", 0), 3, "by default");
        picking.set("other", "pick");
        expect(picking.call("call", 0), 7, "as for the library's own call");
    }

    void jemalloc() throws IOException {
        Library allocating = Library.load(compile(folder, "liballocating.so", """
            #include <malloc.h>
            #include <stdlib.h>
            __attribute__((noipa)) void *xalloc(unsigned long n) { return malloc(n); }
            int sized(int n) { void *p = xalloc(n); int size = (int)malloc_usable_size(p); free(p); return size; }
            """));
        int before = allocating.call("sized", 1_000_000);
        allocating.set("xalloc", "malloc");
        for (int i = 0; i < 100; i++) {
            expect(allocating.call("sized", 1_000_000), before, "of one allocator");
        }
    }

    private static Path compile(Path folder, String name, String source, String... flags) throws IOException {
        Files.writeString(folder.resolve(name + ".c"), source);
        List<String> command = new ArrayList<>(List.of(
                "gcc",
                "-O1",
                "-shared",
                "-fPIC",
                "-ffunction-sections",
                "-Wl,--emit-relocs",
                "-Wl,-Bsymbolic-functions",
                "-w",
                name + ".c",
                "-o",
                name));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return folder.resolve(name);
    }
}
