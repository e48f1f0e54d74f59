package dev.repoint.elf.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTableTest {

    @TempDir
    Path folder;

    @Test
    void aProgramWithSymbolsNamesAllItsFunctions() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5);
        FunctionTable table = FunctionTable.of(ElfFile.read(folder.resolve("program")), DebugFiles.none());
        NativeFunction hidden = only(table, "hidden");
        assertThat(hidden.origin()).isEqualTo(FunctionOrigin.SYMBOL);
        assertThat(hidden.names().getFirst().sourceFile()).isEqualTo("program.c");
        assertThat(hidden.size()).isPositive();
        assertThat(table.containing(hidden.address().plus(1))).contains(hidden);
        assertThat(only(table, "shown").origin()).isEqualTo(FunctionOrigin.DYNAMIC_SYMBOL);
        assertThat(only(table, "shown").names()).hasSize(1);
        assertThat(program.stripped().symbols().size()).isLessThanOrEqualTo(1);
    }

    @Test
    void functionsWithoutANameAreKnownByTheirUnwindEntries() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5);
        NativeFunction named =
                only(FunctionTable.of(ElfFile.read(folder.resolve("program")), DebugFiles.none()), "hidden");
        NativeFunction nameless = FunctionTable.of(program.stripped(), DebugFiles.none())
                .at(named.address())
                .orElseThrow();
        assertThat(nameless.isNameless()).isTrue();
        assertThat(nameless.size()).isEqualTo(named.size());
        assertThat(nameless.text("stripped")).isEqualTo("stripped+" + named.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"program.debug", ".debug/program.debug", "all/FOLDER/program.debug", "all/program.debug"})
    void aLinkIsFollowedToTheUsualFolders(String place) throws IOException {
        StrippedProgram program = StrippedProgram.in(folder.toRealPath(), 5, "-Wl,--build-id=none");
        ElfFile file = program.linked();
        Path to = program.folder()
                .resolve(place.replace("FOLDER", folder.toRealPath().toString().substring(1)));
        if (!to.equals(program.debugFile())) {
            program.move(to);
        }
        FunctionTable table = FunctionTable.of(file, searchIn(folder.resolve("all")));
        assertThat(only(table, "hidden").names().getFirst().origin()).isEqualTo(FunctionOrigin.DEBUG_FILE);
        assertThat(table.debugFile()).contains(to);
        assertThat(table.refusals()).isEmpty();
    }

    @Test
    void aBuildIdLeadsToTheFolderOfDebugFiles() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5);
        String id = program.stripped().buildId().orElseThrow().hex();
        program.move(folder.resolve("all/.build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug"));
        assertThat(only(FunctionTable.of(program.stripped(), searchIn(folder.resolve("all"))), "hidden")
                        .size())
                .isPositive();
    }

    @Test
    void theCacheOfDebuginfodIsRead() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5);
        String id = program.stripped().buildId().orElseThrow().hex();
        program.move(folder.resolve("cache").resolve(id).resolve("debuginfo"));
        DebugFiles byPath = DebugFiles.of(
                List.of(),
                Map.of("DEBUGINFOD_CACHE_PATH", folder.resolve("cache").toString()));
        only(FunctionTable.of(program.stripped(), byPath), "hidden");
        Path usual = folder.resolve(".cache/debuginfod_client");
        Files.createDirectories(usual.getParent());
        Files.move(folder.resolve("cache"), usual);
        only(
                FunctionTable.of(program.stripped(), DebugFiles.of(List.of(), Map.of("HOME", folder.toString()))),
                "hidden");
    }

    @Test
    void anEmptyFileInTheCacheIsNoDebugFile() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5);
        Path entry = folder.resolve(
                "cache/" + program.stripped().buildId().orElseThrow().hex() + "/debuginfo");
        Files.createDirectories(entry.getParent());
        Files.createFile(entry);
        FunctionTable table =
                FunctionTable.of(program.stripped(), new DebugFiles(List.of(), List.of(folder.resolve("cache"))));
        assertThat(table.refusals()).isEmpty();
        assertThat(table.named("hidden")).isEmpty();
    }

    @Test
    void aDebugFileWithAnotherChecksumIsRefusedByName() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder, 5, "-Wl,--build-id=none");
        ElfFile file = program.linked();
        byte[] bytes = Files.readAllBytes(program.debugFile());
        bytes[bytes.length - 1]++; // the end of a section header
        Files.write(program.debugFile(), bytes);
        FunctionTable table = FunctionTable.of(file, DebugFiles.none());
        assertThat(table.named("hidden")).isEmpty();
        assertThat(table.refusals())
                .singleElement()
                .asString()
                .contains("program.debug is not the debug file of ", "its checksum is not that of .gnu_debuglink");
    }

    @Test
    void aDebugFileOfAnotherBuildIsRefusedWithBothBuildIds() throws IOException {
        StrippedProgram program = StrippedProgram.in(folder.resolve("one"), 5);
        StrippedProgram other = StrippedProgram.in(folder.resolve("other"), 7);
        String id = program.stripped().buildId().orElseThrow().hex();
        other.move(folder.resolve("all/.build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug"));
        FunctionTable table = FunctionTable.of(program.stripped(), searchIn(folder.resolve("all")));
        assertThat(table.named("hidden")).isEmpty();
        assertThat(table.refusals())
                .singleElement()
                .asString()
                .contains(
                        "is not the debug file of",
                        id,
                        other.stripped().buildId().orElseThrow().hex());
    }

    @Test
    void compressedSymbolsAreUnpacked() throws IOException {
        Tool.XZ.required();
        StrippedProgram program = StrippedProgram.in(folder, 5);
        program.run(List.of("objcopy", "-S", "--keep-symbol=hidden", "program.debug", "mini"));
        program.run(List.of("xz", "-k", "mini"));
        program.run(List.of("objcopy", "--add-section=.gnu_debugdata=mini.xz", "stripped", "packed"));
        FunctionTable table = FunctionTable.of(ElfFile.read(folder.resolve("packed")), DebugFiles.none());
        assertThat(table.refusals()).isEmpty();
        assertThat(only(table, "hidden").names().getFirst().origin()).isEqualTo(FunctionOrigin.COMPRESSED_SYMBOL);
    }

    @Test
    void damagedCompressedSymbolsAreSaid() throws IOException {
        Tool.XZ.required();
        StrippedProgram program = StrippedProgram.in(folder, 5);
        Files.writeString(folder.resolve("nonsense"), "no xz");
        program.run(List.of("objcopy", "--add-section=.gnu_debugdata=nonsense", "stripped", "packed"));
        FunctionTable table = FunctionTable.of(ElfFile.read(folder.resolve("packed")), DebugFiles.none());
        assertThat(table.refusals()).singleElement().asString().contains(".gnu_debugdata cannot be unpacked");
        assertThat(table.named("shown")).isNotEmpty();
    }

    @Test
    void theFunctionsOfAStrippedServerAreKnown() throws IOException {
        Path nginx = Tool.NGINX.required().find().orElseThrow();
        ElfFile file = ElfFile.read(nginx);
        FunctionTable table = FunctionTable.of(file, DebugFiles.none());
        assertThat(table.all()).hasSizeGreaterThan(500);
        assertThat(table.refusals()).isEmpty();
        assertThat(table.all())
                .allSatisfy(each -> assertThat(
                                file.sectionAt(each.address()).orElseThrow().isExecutable())
                        .isTrue());
    }

    @Test
    void whatChoosesAnImplementationIsKnown() throws IOException {
        Files.writeString(folder.resolve("chosen.c"), """
            static int one(void) { return 1; }
            static void *choose(void) { return (void *) one; }
            int chosen(void) __attribute__((ifunc("choose")));
            """);
        Run.succeeding(folder, List.of("gcc", "-O2", "-shared", "-fPIC", "chosen.c", "-o", "libchosen.so"));
        FunctionTable table = FunctionTable.of(ElfFile.read(folder.resolve("libchosen.so")), DebugFiles.none());
        assertThat(only(table, "chosen").isIndirect()).isTrue();
        assertThat(only(table, "chosen").names())
                .extracting(FunctionName::symbol)
                .contains("choose");
        assertThat(table.containing(new Address(0))).isEmpty();
    }

    private DebugFiles searchIn(Path folder) {
        return new DebugFiles(List.of(folder), List.of());
    }

    private static NativeFunction only(FunctionTable table, String name) {
        assertThat(table.named(name)).hasSize(1);
        return table.named(name).getFirst();
    }
}
