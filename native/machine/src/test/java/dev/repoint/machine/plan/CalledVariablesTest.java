package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.Patchable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Some linkers say of functions that they import that they were variables. A slot for calls tells what they
/// are.
class CalledVariablesTest {

    private static final int SYMBOL_SIZE = 24;
    private static final int INFO = 4; // st_info
    private static final byte GLOBAL_OBJECT = 0x11; // STB_GLOBAL, STT_OBJECT
    private static final String SOURCE = """
        package main

        // int atoi(const char *text);
        // int outside(void) { return atoi("31"); }
        import "C"
        import "fmt"

        func main() { fmt.Println("outside", C.outside()) }
        """;

    @TempDir
    private Path folder;

    @Test
    void anImportThatCallsItselfAVariableIsAFunction() throws IOException {
        for (Build build : List.of(Build.PIE, Build.FIXED)) {
            Path program = build.link(folder, "program-" + build, List.of("imports.c"), List.of());
            retype(program, "abs");

            Patched patched = Patched.of(program, "patched-" + build, "abs=mine");

            assertThat(build.run(patched.file())).containsExactly("called 997", "other 4", "held 995");
        }
    }

    @Test
    void aCallOfOneWithItsRelocationIsASite() throws IOException {
        Path program = Build.PIE.program(folder, List.of("imports.c"));
        retype(program, "abs");

        Patched patched = Patched.of(program, "patched", "abs=mine");

        assertThat(Build.PIE.run(patched.file())).contains("called 997", "held 995");
    }

    @Test
    void importsOfGoAreFound() throws IOException {
        Tool.GCC.required();
        Tool.GO.required();
        Files.writeString(folder.resolve("outside.go"), SOURCE);
        Run.succeeding(
                folder,
                List.of(
                        "env",
                        "CGO_ENABLED=1",
                        "GOCACHE=" + folder.resolve("cache"),
                        "GOFLAGS=-buildvcs=false",
                        "go",
                        "build",
                        "-ldflags=-linkmode=internal",
                        "-o",
                        "outside",
                        "outside.go"));
        Path program = folder.resolve("outside");

        Patched patched = Patched.of(program, "patched", "atoi=zero");

        ElfFile file = ElfFile.read(program);
        assertThat(Collector.collect(file).patchables())
                .filteredOn(Patchable::isImported)
                .extracting(each -> each.key().symbol())
                .contains("atoi", "malloc", "pthread_create");
        assertThat(Run.succeeding(folder, List.of(patched.file().toString())).lines())
                .containsExactly("outside 0");
    }

    /// Says of an undefined symbol that it was a variable, as Go's linker does.
    private static void retype(Path file, String symbol) throws IOException {
        ElfFile elf = ElfFile.read(file);
        byte[] bytes = Files.readAllBytes(file);
        int index = elf.dynamicSymbols().named(symbol).stream()
                .filter(each -> !each.isDefined())
                .findFirst()
                .orElseThrow()
                .index();
        Section table = elf.section(".dynsym").orElseThrow();
        bytes[(int) table.offset().value() + index * SYMBOL_SIZE + INFO] = GLOBAL_OBJECT;
        Files.write(file, bytes);
    }
}
