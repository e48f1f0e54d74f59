package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.weave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Crc;
import com.acme.Ops;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveErrorsTest {

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void writeJar() throws IOException {
        jar = new TestJar().with(Ops.class).with("text", "t".repeat(50)).write(folder.resolve("app.jar"));
    }

    private void assertRefused(Path input, Path output, String message) throws IOException {
        var before = TestJar.files(folder);
        assertThatThrownBy(() -> weave(patchable("com.acme.**"), input, output))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
        assertThat(TestJar.files(folder)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Path missing = folder.resolve("missing.jar");

        assertRefused(missing, folder.resolve("out.jar"), missing + " does not exist");
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithWhatItStartsWith() throws IOException {
        Path script = Files.writeString(folder.resolve("app.sh"), "#!/bin/sh\n");
        Path text = Files.writeString(folder.resolve("app.txt"), "shop");
        Path empty = Files.createFile(folder.resolve("empty"));

        assertRefused(
                text, folder.resolve("out"), text + " is neither a jar nor a class file: it starts with 73 68 6f 70");
        assertRefused(script, folder.resolve("out"), script + " is a script; name the program that it starts");
        assertRefused(empty, folder.resolve("out"), "it starts with nothing");
    }

    @Test
    void anOutputWhoseFolderIsMissingIsRefused() throws IOException {
        assertRefused(
                jar, folder.resolve("no/such/out.jar"), "its folder " + folder.resolve("no/such") + " does not exist");
    }

    @Test
    void theInputIsNoOutput() throws IOException {
        byte[] before = Files.readAllBytes(jar);

        assertRefused(jar, jar, "is the input");
        assertRefused(jar, folder.resolve("../" + folder.getFileName() + "/app.jar"), "is the input");
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    @Test
    void anOutputInsideTheInputIsRefused() throws IOException {
        Path classes = new TestJar().with(Ops.class).writeDirectory(folder.resolve("classes"));

        assertRefused(classes, classes.resolve("out"), "lies inside");
        assertRefused(classes, folder, "contains");
        assertRefused(classes, jar, "is a file; name a directory");
        assertRefused(classes, Path.of("/dev/null"), "is a device; name a directory");
        assertRefused(jar, classes, "is a directory; name a file");
    }

    @Test
    void aDamagedEntryIsNamedAndNothingIsLeft() throws IOException {
        Path stored = new TestJar()
                .with(Ops.class)
                .with("text", "t".repeat(50))
                .stored()
                .write(folder.resolve("s.jar"));
        byte[] bytes = Files.readAllBytes(stored);
        int text = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tttttttt");
        bytes[text + 20] = 'x';
        Files.write(stored, bytes);

        assertRefused(stored, folder.resolve("out.jar"), "s.jar@text is damaged: its checksum is ");
    }

    @Test
    void aFileThatIsCutShortIsNoJar() throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        Path cut = Files.write(folder.resolve("cut.jar"), java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(cut, folder.resolve("out.jar"), cut + " cannot be read as a jar");
    }

    @Test
    void aJarWithTwoEntriesOfOneNameIsRefused() throws IOException {
        Path twice = new TestJar()
                .with("com/acme/One", "1")
                .with("com/acme/Two", "2")
                .write(folder.resolve("twice.jar"));
        byte[] bytes = new String(Files.readAllBytes(twice), StandardCharsets.ISO_8859_1)
                .replace("com/acme/Two", "com/acme/One")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(twice, bytes);

        assertRefused(twice, folder.resolve("out.jar"), "twice.jar has two entries com/acme/One");
    }

    @Test
    void anEntryThatUnfoldsToMoreThanAnyClassFileIsRefused() throws IOException {
        Path bomb = new TestJar()
                .with("com/acme/Bomb.class", new byte[Contents.MOST_OF_A_CLASS + 1])
                .write(folder.resolve("bomb.jar"));

        assertRefused(
                bomb,
                folder.resolve("out.jar"),
                "bomb.jar@com/acme/Bomb.class is longer than " + Contents.MOST_OF_A_CLASS + " bytes");
    }

    @Test
    void aDamagedTableOfAnEarlierWeavingIsNamedDownToTheLine() throws IOException {
        Path damaged = new TestJar()
                .with(Table.ENTRY, "repoint-table\t1\nbroken\n")
                .with(Crc.class)
                .write(folder.resolve("app2.jar"));

        assertRefused(damaged, folder.resolve("out.jar"), "app2.jar@META-INF/repoint/table: line 2: found 'broken'");
    }
}
