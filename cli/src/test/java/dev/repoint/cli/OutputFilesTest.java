package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.file.FileKind;
import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands write to, and what they leave alone.
class OutputFilesTest {

    @TempDir
    private Path folder;

    @Test
    void onlyFilesAndNewNamesAreWritten() throws IOException {
        List<List<String>> commands = WritingCommands.in(folder);
        Map<Path, String> nodes = Nodes.in(Files.createDirectory(folder.resolve("nodes")));
        for (List<String> command : commands) {
            for (Map.Entry<Path, String> node : nodes.entrySet()) {
                Path path = node.getKey();
                FileKind before = FileKind.of(path);
                refused(command, path, "it is " + node.getValue() + "; name a file to write");
                assertThat(FileKind.of(path)).isEqualTo(before);
            }
            refused(command, Path.of("-"), "name a file to write");
        }
        assertThat(names(folder.resolve("nodes"))).hasSize(nodes.size());
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void aLinkThatLeadsNowhereIsRefusedAndStays() throws IOException {
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"));
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        for (List<String> command : WritingCommands.in(folder)) {
            refused(command, nowhere, "is a symbolic link to a missing file");
            refused(command, circle, "is a symbolic link to a missing file");
        }
        assertThat(nowhere).isSymbolicLink();
        assertThat(circle).isSymbolicLink();
    }

    @Test
    void aLinkToAFileStaysAndTheFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        for (List<String> command : WritingCommands.in(folder)) {
            Files.writeString(file, "before");
            Ran ran = WritingCommands.run(command, link);
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
            assertThat(Files.readAllBytes(file)).isNotEqualTo("before".getBytes());
        }
    }

    @Test
    void aNodeInAFolderThatIsWovenIntoStays() throws IOException {
        Path classes = Sources.classes(folder);
        Path output = Files.createDirectories(folder.resolve("woven/acme")).getParent();
        Run.succeeding(
                folder, List.of("mkfifo", output.resolve("acme/Crc.class").toString()));
        Ran ran = Ran.repoint("weave", classes.toString(), "-o", output.toString(), "--patchable", "acme.**");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err())
                .contains("cannot be written", "acme/Crc.class: it is a pipe")
                .hasLineCount(1);
        assertThat(FileKind.of(output.resolve("acme/Crc.class"))).isEqualTo(FileKind.PIPE);
        assertThat(names(output)).containsExactly("acme");
        assertThat(names(folder)).containsExactlyInAnyOrder("src", "classes", "woven");
    }

    @Test
    @SuppressWarnings("try") // closed behind the test
    void aFullDiskLeavesWhatWasThere() throws Exception {
        List<List<String>> commands = WritingCommands.in(folder);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (AutoCloseable mounted = Nodes.disk(disk)) {
            Path output = Files.writeString(disk.resolve("old"), "before");
            fill(disk.resolve("filler"));
            for (List<String> command : commands) {
                Ran ran = WritingCommands.run(command, output);
                assertThat(ran.exit()).as("%s: %s", command, ran.out()).isEqualTo(ExitCode.FAILURE);
                assertThat(ran.err())
                        .startsWith("repoint: " + output)
                        .contains("cannot be written: no space is left on its disk")
                        .hasLineCount(1);
                assertThat(output).hasContent("before");
                assertThat(names(disk)).containsExactlyInAnyOrder("old", "filler");
            }
            Ran ran = Ran.repoint(
                    "weave",
                    folder.resolve("classes").toString(),
                    "-o",
                    disk.resolve("new").toString(),
                    "--patchable",
                    "acme.**");
            assertThat(ran.err())
                    .startsWith("repoint: " + disk.resolve("new"))
                    .contains("cannot be written: no space is left on its disk")
                    .hasLineCount(1);
            assertThat(names(disk)).containsExactlyInAnyOrder("old", "filler");
        }
    }

    @Test
    void whatIsWrittenHasThePermissionBitsOfItsInput() throws IOException {
        for (List<String> command : WritingCommands.in(folder)) {
            Path input = Path.of(command.get(1));
            Path output = folder.resolve("output");
            Files.deleteIfExists(output);
            Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("rwxr-x-w-"));
            Ran ran = WritingCommands.run(command, output);
            assertThat(ran.exit()).as(ran.err()).isZero();
            boolean isTable = command.getFirst().equals("table");
            Path plain = Files.writeString(folder.resolve("plain"), "");
            assertThat(bits(output)).as("%s", command).isEqualTo(isTable ? bits(plain) : "rwxr-x-w-");
        }
    }

    @Test
    void aProgramThatWasChangedHasNoPrivilegesOfItsOriginal() throws IOException {
        for (List<String> command : WritingCommands.in(folder)) {
            Path input = Path.of(command.get(1));
            Path output = folder.resolve("output");
            Files.deleteIfExists(output);
            Run.succeeding(folder, List.of("chmod", "6755", input.toString()));
            assertThat(WritingCommands.run(command, output).exit()).isZero();
            int mode = (Integer) Files.getAttribute(output, "unix:mode");
            assertThat(mode & 07000).as("%s", command).isZero();
        }
    }

    private static void refused(List<String> command, Path output, String why) {
        Ran ran = WritingCommands.run(command, output);
        assertThat(ran.exit()).as("%s -o %s: %s", command, output, ran.out()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("repoint: " + output).contains(why).hasLineCount(1);
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[512];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessage("No space left on device");
        }
    }

    private static String bits(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
