package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Crc;
import com.acme.Ops;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWeavingTest {

    @TempDir
    Path folder;

    @Test
    void aDirectoryIsWovenIntoAnother() throws IOException {
        Path classes =
                new TestJar().with(Ops.class, Crc.class).with("a/text", "text").writeDirectory(folder.resolve("in"));
        FileTime time = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));
        Files.setLastModifiedTime(classes.resolve("com/acme/Ops.class"), time);
        Path out = folder.resolve("out");

        WeaveSummary summary = weave(patchable("com.acme.Ops.**"), classes, out);

        assertThat(summary.format()).isEqualTo(ArchiveFormat.DIRECTORY);
        assertThat(summary.classes()).isEqualTo(2);
        assertThat(summary.woven()).isEqualTo(1);
        assertThat(out.resolve("a/text")).hasContent("text");
        assertThat(out.resolve("com/acme/Crc.class")).hasBinaryContent(Generated.bytesOf(Crc.class));
        assertThat(Files.readAllBytes(out.resolve("com/acme/Ops.class"))).isNotEqualTo(Generated.bytesOf(Ops.class));
        assertThat(Files.getLastModifiedTime(out.resolve("com/acme/Ops.class"))).isEqualTo(time);
        assertThat(TableReader.read(Files.readAllBytes(out.resolve(Table.ENTRY)), "t")
                        .rows())
                .isNotEmpty();
        assertThat(TestJar.files(folder)).containsExactly("in", "out");
    }

    @Test
    void weavingIntoAnExistingDirectoryReplacesFilesOfTheSameNameOnly() throws IOException {
        Path classes = new TestJar().with(Ops.class).writeDirectory(folder.resolve("in"));
        Path out = new TestJar().with(Ops.class).with("other", "kept").writeDirectory(folder.resolve("out"));

        weave(patchable("com.acme.Ops.add"), classes, out);

        assertThat(out.resolve("other")).hasContent("kept");
        assertThat(Files.readAllBytes(out.resolve("com/acme/Ops.class"))).isNotEqualTo(Generated.bytesOf(Ops.class));
        assertThat(TestJar.files(folder)).containsExactly("in", "out");
    }

    @Test
    void weavingAWovenDirectoryChangesNothing() throws IOException {
        Path classes = new TestJar().with(Ops.class).writeDirectory(folder.resolve("in"));
        weave(patchable("com.acme.**"), classes, folder.resolve("out"));

        WeaveSummary again = weave(patchable("com.acme.**"), folder.resolve("out"), folder.resolve("again"));

        assertThat(again.changed()).isFalse();
        assertThat(folder.resolve("again/com/acme/Ops.class"))
                .hasSameBinaryContentAs(folder.resolve("out/com/acme/Ops.class"));
        assertThat(folder.resolve("again").resolve(Table.ENTRY))
                .hasSameBinaryContentAs(folder.resolve("out").resolve(Table.ENTRY));
    }

    @Test
    void aRejectedFileIsNamedWithItsPath() throws IOException {
        Path classes = new TestJar().with("com/acme/Odd.class", "odd").writeDirectory(folder.resolve("in"));

        assertThat(weave(patchable("com.acme.**"), classes, folder.resolve("out"))
                        .rejected())
                .containsExactly(new Rejected(
                        classes.resolve("com/acme/Odd.class").toString(),
                        "malformed class file at offset 0: it ends after 3 bytes"));
    }

    @Test
    void aClassFileIsWovenByItselfWhateverItIsCalled() throws IOException {
        Path file = Files.write(folder.resolve("ops.bin"), Generated.bytesOf(Ops.class));
        Path out = folder.resolve("woven.bin");

        WeaveSummary summary = weave(patchable("com.acme.Ops.add"), file, out);

        assertThat(summary.format()).isEqualTo(ArchiveFormat.CLASS);
        assertThat(summary.woven()).isEqualTo(1);
        assertThat(Files.readAllBytes(out)).isNotEqualTo(Files.readAllBytes(file));
        assertThat(weave(patchable("com.acme.Ops.add"), out, folder.resolve("again.bin"))
                        .changed())
                .isFalse();
        assertThat(folder.resolve("again.bin")).hasSameBinaryContentAs(out);
    }
}
