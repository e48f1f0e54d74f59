package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplacementTest {

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = Files.writeString(folder.resolve("source"), "0123456789");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x--x"));
    }

    @Test
    void aCopyIsChangedAndHasThePermissionBitsOfItsModel() throws IOException {
        Path target = folder.resolve("target");
        try (FileReplacement out = FileReplacement.copyOf(source, target)) {
            out.write(new FileOffset(3), new byte[] {'x', 'y'});
            assertThat(out.read(new FileOffset(2), 4)).asString().isEqualTo("2xy5");
            assertThat(out.read(new FileOffset(8), 4)).asString().isEqualTo("89");
            assertThat(out.read(new FileOffset(80), 4)).isEmpty();
            assertThat(target).doesNotExist();
            out.publish();
        }
        assertThat(target).hasContent("012xy56789");
        assertThat(source).hasContent("0123456789");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rwxr-x--x");
        assertThat(names()).containsExactly("source", "target");
    }

    @Test
    void whoHasTheOldFileOpenKeepsIt() throws IOException {
        try (InputStream open = Files.newInputStream(source)) {
            try (FileReplacement out = FileReplacement.of(source, source)) {
                out.write(new FileOffset(0), "new".getBytes(StandardCharsets.UTF_8));
                out.publish();
            }
            assertThat(source).hasContent("new");
            assertThat(open.readAllBytes()).asString().isEqualTo("0123456789");
        }
    }

    @Test
    void whatIsNotPublishedLeavesNothing() throws IOException {
        try (FileReplacement out = FileReplacement.copyOf(source, source)) {
            out.write(new FileOffset(0), new byte[] {'x'});
            assertThat(names()).hasSize(2);
        }
        assertThat(source).hasContent("0123456789");
        assertThat(names()).containsExactly("source");
    }

    @Test
    void whileItIsWrittenNobodyElseReadsIt() throws IOException {
        try (FileReplacement out = FileReplacement.copyOf(source, folder.resolve("target"));
                Stream<Path> files = Files.list(folder)) {
            Path staged = files.filter(each -> !each.equals(source)).findFirst().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staged)))
                    .isEqualTo("rw-------");
            out.publish();
        }
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("source"));
        try (FileReplacement out = FileReplacement.of(source, link)) {
            out.write(new FileOffset(0), new byte[] {'x'});
            out.publish();
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(source).hasContent("x");
    }

    @Test
    void aTargetThatCannotBeIsRefusedInOneLine() throws IOException {
        Path inMissing = folder.resolve("missing/target");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FileReplacement.of(source, inMissing))
                .withMessage(inMissing + ": its folder " + folder.resolve("missing") + " does not exist; create it");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FileReplacement.of(source, folder))
                .withMessage(folder + ": is a folder; name a file to write");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FileReplacement.of(source, Path.of("/dev/null")))
                .withMessage("/dev/null: it cannot be written: it is a device; name a file to write");
        Path target = folder.resolve("target");
        Path missing = folder.resolve("none");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FileReplacement.copyOf(missing, target))
                .withMessage(missing + ": it cannot be copied: there is no " + missing);
        try (FileReplacement out = FileReplacement.of(missing, target)) {
            assertThatExceptionOfType(ElfException.class)
                    .isThrownBy(out::publish)
                    .withMessage(target + ": it cannot be written: there is no " + missing);
        }
        assertThat(names()).containsExactly("source");
    }

    @Test
    void aFolderThatTakesNoFilesIsRefusedInOneLine() throws IOException {
        Path target = Path.of("/proc/self/target");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> FileReplacement.of(source, target))
                .withMessageStartingWith(target + ": it cannot be written: ");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
