package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeaveCommandTest {

    @TempDir
    private Path folder;

    @Test
    void itTellsWhatItDidAndWhatItLeft() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        Path woven = folder.resolve("woven.jar");

        Ran ran = weave(jar, woven, "--patchable", "acme.**");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()
                        .replace(folder + "/", "")
                        .replaceFirst("\\d+\\.\\d s", "0.1 s")
                        .replaceFirst("from [\\d,]+ to [\\d,]+ bytes", "from 1 to 2 bytes"))
                .isEqualTo("""
                    woven.jar (jar): 3 entries woven in 2 of 3 classes, 0.1 s
                      classes grew from 1 to 2 bytes
                      5 entries not woven, by reason:
                           3  a constructor cannot be patched: its object is not initialised where the prologue would run (acme.Crc$Base.<init>())
                           1  a native method has no body to patch; patch its calls (sites) (acme.Crc.nativeGet())
                           1  an abstract method has no body to patch; patch its calls (sites) (acme.Crc$Base.size())
                    """);
        assertThat(woven).isRegularFile();
        try (ZipFile zip = new ZipFile(woven.toFile())) {
            assertThat(zip.getEntry("META-INF/repoint/table")).isNotNull();
        }
    }

    @Test
    void weavingWhatWasWovenIsACopy() throws IOException {
        Path woven = folder.resolve("woven.jar");
        Path again = folder.resolve("again.jar");
        weave(Sources.jar(folder, "app.jar"), woven, "--patchable", "acme.Crc.update");

        Ran ran = weave(woven, again, "--patchable", "acme.Crc.update");

        assertThat(ran.out()).contains("0 entries woven in 0 of 3 classes", "nothing to weave: a copy of " + woven);
        assertThat(again).hasSameBinaryContentAs(woven);
    }

    @Test
    void aFolderBecomesAFolder() throws IOException {
        Path woven = folder.resolve("woven");

        Ran ran = weave(Sources.classes(folder), woven, "--patchable", "acme.Crc.update");

        assertThat(ran.out()).startsWith(woven + " (directory): 1 entry woven in 1 of 3 classes");
        assertThat(woven.resolve("acme/Crc.class")).isRegularFile();
    }

    @Test
    void theInputIsNeverTheOutput() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        byte[] before = Files.readAllBytes(jar);

        assertRefused(weave(jar, jar, "--patchable", "acme.**"), jar + " is the input");
        assertThat(jar).hasBinaryContent(before);
    }

    @Test
    void aMissingFolderIsNotMade() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        Path output = folder.resolve("missing/woven.jar");

        assertRefused(weave(jar, output, "--patchable", "acme.**"), folder.resolve("missing") + " does not exist");
        assertThat(output.getParent()).doesNotExist();
    }

    @Test
    void aKeyThatMatchesNothingIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path jar = Sources.jar(folder, "app.jar");
        Path output = folder.resolve("woven.jar");

        assertRefused(
                weave(jar, output, "--patchable", "acme.**", "--patchable", "acme.Crc.upd"),
                "key 'acme.Crc.upd' matches no method or field in " + jar + "; did you mean");
        assertThat(output).doesNotExist();
    }

    @Test
    void aSignedJarIsWovenOnlyIfItMayLoseItsSignature() throws IOException {
        Path jar = signed(Sources.jar(folder, "app.jar"));
        Path output = folder.resolve("woven.jar");

        assertRefused(weave(jar, output, "--patchable", "acme.**"), "is signed");
        assertThat(weave(jar, output, "--patchable", "acme.**").err()).contains("--strip-signatures");
        assertThat(output).doesNotExist();

        Ran stripped = weave(jar, output, "--patchable", "acme.**", "--strip-signatures");
        assertThat(stripped.exit()).as(stripped.err()).isEqualTo(ExitCode.OK);
        assertThat(stripped.out()).contains("the signature was removed");
    }

    @Test
    void aBrokenClassIsNamedAndCopied() throws IOException {
        Path classes = Sources.classes(folder);
        Files.write(
                classes.resolve("acme/Broken.class"),
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0});

        Ran ran = weave(classes, folder.resolve("woven"), "--patchable", "acme.Crc.update");

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("acme/Broken.class");
        assertThat(folder.resolve("woven/acme/Broken.class")).hasSize(5);
    }

    private static Ran weave(Path input, Path output, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "weave";
        arguments[1] = input.toString();
        arguments[2] = "-o";
        arguments[3] = output.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Ran.repoint(arguments);
    }

    private static void assertRefused(Ran ran, String why) {
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("repoint: ").contains(why).hasLineCount(1);
    }

    /// As far as names tell: the signature need not be valid.
    private Path signed(Path jar) throws IOException {
        Path signed = folder.resolve("signed.jar");
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed);
                ZipOutputStream to = new ZipOutputStream(out)) {
            to.putNextEntry(new ZipEntry("META-INF/ACME.SF"));
            to.write("Signature-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (ZipEntry entry : from.stream().toList()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
        }
        return signed;
    }
}
