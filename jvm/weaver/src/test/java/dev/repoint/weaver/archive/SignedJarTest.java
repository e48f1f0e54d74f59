package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Ops;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedJarTest {

    private static final String MANIFEST = """
        Manifest-Version: 1.0
        Created-By: 1.8.0

        Name: com/acme/Ops.class
        SHA-256-Digest: AAAA
         BBBB

        Name: com/acme/with/a/very/long/path/that/goes/on/in/the/next/line/Ot
         her.class
        X-Note: kept
        sha-512-digest-de: CCCC
        Magic: m

        Name: plain.txt
        Sealed: true

        """.replace("\n", "\r\n");

    @TempDir
    Path folder;

    @Test
    void aSignedJarIsRefusedAndNothingIsWritten() throws IOException {
        Path jar = signed("META-INF/ACME.SF").write(folder.resolve("app.jar"));

        assertThatThrownBy(() -> TestJar.weave(patchable("com.acme.**"), jar, folder.resolve("out.jar")))
                .isInstanceOf(WeaveException.class)
                .hasMessage(jar + " is signed (META-INF/ACME.SF): changed classes would not match the signature; strip "
                        + "the signature (--strip-signatures)");
        assertThat(TestJar.files(folder)).containsExactly("app.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"META-INF/ACME.SF", "META-INF/acme.rsa", "META-INF/A.DSA", "META-INF/A.EC", "META-INF/SIG-A"})
    void itIsWovenWithoutItsSignatureIfAskedTo(String signature) throws IOException {
        Path jar = signed(signature).write(folder.resolve("app.jar"));
        Path out = folder.resolve("out.jar");

        WeaveSummary summary;
        try (Archive archive = Archive.open(jar)) {
            summary = archive.weave(patchable("com.acme.**"), out, true);
        }

        assertThat(summary.signaturesRemoved()).isTrue();
        assertThat(TestJar.names(out))
                .containsExactly(
                        "META-INF/MANIFEST.MF",
                        "META-INF/services/ACME.SF",
                        "com/acme/Ops.class",
                        "META-INF/repoint/table");
        assertThat(new String(TestJar.content(out, "META-INF/MANIFEST.MF"), StandardCharsets.UTF_8))
                .isEqualTo("""
                    Manifest-Version: 1.0
                    Created-By: 1.8.0

                    Name: com/acme/with/a/very/long/path/that/goes/on/in/the/next/line/Ot
                     her.class
                    X-Note: kept

                    Name: plain.txt
                    Sealed: true

                    """.replace("\n", "\r\n"));
    }

    @Test
    void aSignatureGoesEvenIfNothingIsWoven() throws IOException {
        Path jar = signed("META-INF/ACME.SF").write(folder.resolve("app.jar"));
        Path out = folder.resolve("out.jar");

        try (Archive archive = Archive.open(jar)) {
            assertThat(archive.weave(patchable("com.acme.None.*"), out, true).changed())
                    .isTrue();
        }

        assertThat(TestJar.names(out)).doesNotContain("META-INF/ACME.SF", "META-INF/repoint/table");
    }

    @Test
    void aManifestIsChangedInNothingElse() {
        String odd = "Manifest-Version: 1.0\nX: 1\n\n\nName: a\nY: 2\n\nName: b\nSHA1-Digest: q";

        assertThat(new String(Signatures.withoutDigests(odd.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("Manifest-Version: 1.0\nX: 1\n\n\nName: a\nY: 2\n\n");
    }

    private static TestJar signed(String signature) {
        return new TestJar()
                .with("META-INF/MANIFEST.MF", MANIFEST)
                .with(signature, "a signature")
                .with("META-INF/services/ACME.SF", "none")
                .with(Ops.class);
    }
}
