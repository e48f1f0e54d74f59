package dev.repoint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Targets without a fuzzer: over their seeds, and over what was found before.
class ReplayTest {

    private static final Path FINDINGS = Path.of("src", "test", "resources", "findings");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everySeedIsTaken(Target target) throws IOException {
        Tool.GCC.required();
        Seeds.write(target, folder);
        List<Path> seeds = files(folder);
        assertThat(seeds).hasSizeGreaterThan(5);
        for (Path seed : seeds) {
            byte[] bytes = Files.readAllBytes(seed);
            target.run(bytes);
            if (!target.isOfClassFiles() && !Set.of(Target.TABLE, Target.NAMES).contains(target)) {
                assertThat(ElfFile.of(seed.toString(), MemorySegment.ofArray(bytes))
                                .bytes()
                                .byteSize())
                        .isEqualTo(bytes.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void seedsThatAreCutOffAreTaken(Target target) throws IOException {
        Tool.GCC.required();
        Seeds.write(target, folder);
        for (Path seed : files(folder)) {
            byte[] bytes = Files.readAllBytes(seed);
            for (int length = 0; length < bytes.length; length += 1 + length / 50) {
                byte[] beginning = Arrays.copyOf(bytes, length);
                assertThatCode(() -> target.run(beginning))
                        .as(seed + " of " + length)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasFoundOnceIsNotFoundAgain(Target target) throws IOException {
        Path findings = FINDINGS.resolve(target.text());
        for (Path finding : Files.isDirectory(findings) ? files(findings) : List.<Path>of()) {
            byte[] bytes = Files.readAllBytes(finding);
            assertThatCode(() -> target.run(bytes)).as(finding.toString()).doesNotThrowAnyException();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
