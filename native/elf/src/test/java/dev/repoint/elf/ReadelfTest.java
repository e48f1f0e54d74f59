package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Our view of files says what `readelf` says of them.
class ReadelfTest {

    @ParameterizedTest
    @EnumSource
    void whatToolsMakeIsReadAsReadelfReadsIt(Fixture fixture) throws IOException {
        compare(fixture.path());
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_X86_64_SHARED", "GCC_X86_64_PIE", "GCC_X86_64_STATIC", "LLD_X86_64_PIE"})
    void whatStripLeavesIsReadAsReadelfReadsIt(Fixture fixture) throws IOException {
        Path stripped = Files.createTempFile("stripped", "");
        try {
            Run.succeeding(
                    Path.of("."),
                    List.of(
                            Tool.STRIP.required().command(),
                            "-o",
                            stripped.toString(),
                            fixture.path().toString()));
            compare(stripped);
        } finally {
            Files.delete(stripped);
        }
    }

    static List<Path> systemFiles() {
        return List.of(
                Path.of("/bin/bash"),
                Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                Path.of("/lib64/ld-linux-x86-64.so.2"),
                Path.of("/lib/x86_64-linux-gnu/libm.so.6"),
                Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so"),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of(System.getProperty("java.home"), "lib", "libjava.so"));
    }

    @ParameterizedTest
    @MethodSource("systemFiles")
    void filesOfTheSystemAreReadAsReadelfReadsThem(Path file) throws IOException {
        Assumptions.assumeTrue(Files.exists(file) && ElfFile.looksLikeElf(file), () -> file + " is not on this system");
        compare(file);
    }

    private static void compare(Path file) throws IOException {
        ElfFile elf = ElfFile.read(file);
        Readelf witness = new Readelf(file);
        Told told = new Told(elf);
        assertThat(told.sections()).as("sections").isEqualTo(witness.sections()).isNotEmpty();
        assertThat(told.segments()).as("segments").isEqualTo(witness.segments());
        compare("symbols", told.symbols(), witness.symbols());
        compare("relocations", told.relocations(), witness.relocations());
        assertThat(told.notes()).as("notes").isEqualTo(witness.notes());
        assertThat(told.dynamic()).as("dynamic section").isEqualTo(witness.dynamic());
        assertThat(elf.buildId().map(BuildId::toString).orElse(""))
                .as("build id")
                .isEqualTo(witness.buildId());
    }

    /// Tables are long: the first line that differs says enough.
    private static void compare(String what, Map<String, List<String>> told, Map<String, List<String>> witness) {
        assertThat(told.keySet()).as("tables of " + what).isEqualTo(witness.keySet());
        told.forEach((table, lines) -> {
            List<String> expected = witness.get(table);
            assertThat(lines).as(what + " of " + table).hasSameSizeAs(expected);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).as(what + " of " + table).isEqualTo(expected.get(i));
            }
        });
    }
}
