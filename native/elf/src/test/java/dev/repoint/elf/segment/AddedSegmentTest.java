package dev.repoint.elf.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.FileReplacement;
import dev.repoint.elf.Section;
import dev.repoint.fixtures.Linking;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AddedSegmentTest {

    private static final String SOURCE = """
        #include <stdio.h>
        #include <stdlib.h>
        static char zeros[100000];
        int main(int count, char **arguments) {
            (void) arguments;
            char *grown = malloc(1 << 20);
            zeros[count] = 1;
            grown[99999] = zeros[99999];
            printf("%d %d\\n", zeros[count], grown[99999]);
            free(grown);
            return 0;
        }
        """;
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aProgramRunsWithItAndIsStrippedAndChangedByPatchelf(Linking linking) throws IOException {
        Path program = build(linking.compiler());
        Path grown = add(program);
        assertThat(run(grown)).isEqualTo("1 0\n");
        assertThat(content(grown)).isEqualTo(CONTENT);
        assertThat(Run.succeeding(folder, List.of("readelf", "-aW", "grown")).errors())
                .isEmpty();

        Run stripped = Run.succeeding(folder, List.of("strip", "grown", "-o", "stripped"));
        assertThat(stripped.errors()).isEmpty();
        assertThat(run(folder.resolve("stripped"))).isEqualTo("1 0\n");
        assertThat(content(folder.resolve("stripped"))).isEqualTo(CONTENT);

        if (linking.isDynamic()) {
            for (Path each : List.of(grown, folder.resolve("stripped"))) {
                Run.succeeding(
                        folder, List.of("patchelf", "--set-rpath", "/a/long/path/that/was/not/there", each.toString()));
                Run.succeeding(folder, List.of("patchelf", "--add-needed", "libm.so.6", each.toString()));
                assertThat(run(each)).isEqualTo("1 0\n");
                assertThat(content(each)).isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void aFileCanGetSeveral() throws IOException {
        Path program = build("gcc -pie");
        Path second = add(add(program));
        assertThat(run(second)).isEqualTo("1 0\n");
    }

    @Test
    void whatChangedPatchelfFirstCanGetOne() throws IOException {
        Tool.PATCHELF.required();
        Path program = build("gcc -pie");
        Run.succeeding(folder, List.of("patchelf", "--set-rpath", "/a/long/path/that/was/not/there", "program"));
        assertThat(run(add(program))).isEqualTo("1 0\n");
    }

    @Test
    void aFileWithoutSectionHeadersIsRefused() throws IOException {
        Path program = build("gcc -pie");
        byte[] bytes = Files.readAllBytes(program);
        Arrays.fill(bytes, 40, 48, (byte) 0); // e_shoff
        Arrays.fill(bytes, 60, 64, (byte) 0); // e_shnum, e_shstrndx
        Files.write(program, bytes);
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> AddedSegment.of(ElfFile.read(program)))
                .withMessageContaining("it has no section headers");
    }

    private Path build(String compiler) throws IOException {
        Files.writeString(folder.resolve("program.c"), SOURCE);
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        command.addAll(List.of("-O1", "program.c", "-o", "program"));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }

    private Path add(Path program) throws IOException {
        ElfFile file = ElfFile.read(program);
        AddedSegment segment = AddedSegment.of(file);
        AddedSection section = new AddedSection(".added", segment.start(), false, CONTENT);
        Path grown = folder.resolve("grown");
        try (FileReplacement out = FileReplacement.copyOf(program, grown)) {
            for (FileWrite write : segment.writes(List.of(section), Optional.empty())) {
                out.write(write.offset(), write.bytes());
            }
            out.publish();
        }
        return grown;
    }

    private String run(Path program) throws IOException {
        return Run.succeeding(folder, List.of(program.toString())).output();
    }

    /// What is loaded, not only what the file has.
    private static byte[] content(Path program) throws IOException {
        ElfFile file = ElfFile.read(program);
        Section section = file.section(".added").orElseThrow();
        FileOffset offset = file.offsetOf(section.address()).orElseThrow();
        return file.bytes().asSlice(offset.value(), section.size()).toArray(ValueLayout.JAVA_BYTE);
    }
}
