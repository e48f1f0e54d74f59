package dev.repoint.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCheckTest {

    private static final String RUNTIME = "dev/repoint/repoint-runtime/0.1.0/repoint-runtime-0.1.0";
    private static final String PARENT = "dev/repoint/repoint-parent/0.1.0/repoint-parent-0.1.0";
    private static final String BOM = "dev/repoint/repoint-bom/0.1.0/repoint-bom-0.1.0";
    private static final String SHARED =
            "<url>u</url><licenses>l</licenses><developers>d</developers><scm>s</scm><packaging>pom</packaging>";

    private final Map<String, byte[]> artifacts = new LinkedHashMap<>();

    @BeforeEach
    void artifacts() throws IOException {
        put(
                PARENT + ".pom",
                "<project>" + identity("parent") + "<groupId>dev.repoint</groupId><version>0.1.0</version>"
                        + "<name>n</name><description>d</description>" + SHARED + "</project>");
        put(
                BOM + ".pom",
                "<project>" + identity("bom") + "<groupId>dev.repoint</groupId><version>0.1.0</version>"
                        + "<name>n</name><description>d</description>" + SHARED
                        + "<dependencyManagement><dependencies><dependency><groupId>dev.repoint</groupId>"
                        + "<artifactId>repoint-runtime</artifactId></dependency></dependencies></dependencyManagement></project>");
        put(
                RUNTIME + ".pom",
                "<project><parent><groupId>dev.repoint</groupId><artifactId>repoint-parent</artifactId>"
                        + "<version>0.1.0</version></parent>" + identity("runtime")
                        + "<name>n</name><description>d</description></project>");
        artifacts.put(RUNTIME + ".jar", jar("module-info.class"));
        put(RUNTIME + "-sources.jar", "sources");
        put(RUNTIME + "-javadoc.jar", "javadoc");
        put(RUNTIME + "-cyclonedx.json", "{}");
    }

    @Test
    void aCompleteBundlePasses() {
        assertThat(BundleCheck.findings(bundle())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".pom",
                ".jar",
                "-sources.jar",
                "-javadoc.jar",
                "-cyclonedx.json",
                ".jar.asc",
                ".pom.asc",
                "-sources.jar.asc",
                ".jar.md5",
                ".jar.sha1",
                ".jar.sha256",
                ".jar.sha512",
                ".pom.md5",
                "-javadoc.jar.sha1"
            })
    void aMissingFileIsNamed(String rest) {
        Map<String, byte[]> bundle = bundle();
        bundle.remove(RUNTIME + rest);

        assertThat(BundleCheck.findings(bundle)).contains(RUNTIME + rest + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "licenses", "developers", "scm", "name", "description"})
    void missingMetadataIsNamed(String element) {
        replace(PARENT + ".pom", "<" + element + ">.</" + element + ">", "");

        assertThat(BundleCheck.findings(bundle())).contains(PARENT + ".pom has no <" + element + ">");
    }

    @Test
    void aNameIsNotInherited() {
        replace(RUNTIME + ".pom", "<name>n</name>", "");

        assertThat(BundleCheck.findings(bundle())).containsExactly(RUNTIME + ".pom has no <name>");
    }

    @ParameterizedTest
    @CsvSource({".md5", ".sha1", ".sha256", ".sha512"})
    void aWrongChecksumIsNamed(String suffix) {
        Map<String, byte[]> bundle = bundle();
        bundle.put(RUNTIME + ".jar" + suffix, "00".getBytes(StandardCharsets.UTF_8));

        assertThat(BundleCheck.findings(bundle)).containsExactly(RUNTIME + ".jar" + suffix + " is not its checksum");
    }

    @Test
    void anArtifactOfAnotherVersionIsNamed() {
        replace(RUNTIME + ".pom", "0.1.0", "0.2.0");

        assertThat(BundleCheck.findings(bundle()))
                .containsExactly(RUNTIME + ".pom is of dev.repoint:repoint-runtime:0.2.0");
    }

    @Test
    void aSnapshotIsNoRelease() {
        Map<String, byte[]> released = new LinkedHashMap<>(artifacts);
        artifacts.clear();
        released.forEach((name, content) -> put(
                name.replace("0.1.0", "1-SNAPSHOT"),
                new String(content, StandardCharsets.ISO_8859_1).replace("0.1.0", "1-SNAPSHOT")));

        assertThat(BundleCheck.findings(bundle())).anyMatch(each -> each.endsWith("SNAPSHOT.pom is no release"));
    }

    @Test
    void whatIsElsewhereIsNamed() {
        put("dev/repoint/repoint-runtime/maven-metadata.xml", "versions");

        assertThat(BundleCheck.findings(bundle())).singleElement().asString().contains("is not at its place");
    }

    @Test
    void aJarWithoutAModuleNameIsNamed() throws IOException {
        artifacts.put(RUNTIME + ".jar", jar("A.class"));

        assertThat(BundleCheck.findings(bundle())).singleElement().asString().contains("Automatic-Module-Name");
    }

    @Test
    void whatABundleNeedsOfItselfIsInIt() {
        artifacts.remove(PARENT + ".pom");

        assertThat(BundleCheck.findings(bundle()))
                .contains(RUNTIME + ".pom needs repoint-parent, which is not in the bundle");
    }

    @Test
    void theBomNamesEveryJar() {
        replace(BOM + ".pom", "repoint-runtime", "repoint-other");
        assertThat(BundleCheck.findings(bundle())).containsExactly("the BOM has no version of repoint-runtime");

        artifacts.remove(BOM + ".pom");
        assertThat(BundleCheck.findings(bundle())).containsExactly("there is no BOM");
    }

    @Test
    void aSignatureOfAnotherFileIsNamed(@TempDir Path folder) throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "gpg"))),
                "gpg is missing (Debian: gpg)");
        Path jar = Files.write(folder.resolve("jar"), artifacts.get(RUNTIME + ".jar"));
        Path key = folder.resolve("key.asc");
        Map<String, byte[]> bundle = new TreeMap<>();
        try (Gpg gpg = Gpg.withNewKey()) {
            gpg.export(key);
            byte[] signature = gpg.sign(jar).getBytes(StandardCharsets.UTF_8);
            bundle.put("right", artifacts.get(RUNTIME + ".jar"));
            bundle.put("right.asc", signature);
            bundle.put("wrong", new byte[] {1});
            bundle.put("wrong.asc", signature);
        }

        assertThat(BundleCheck.signatures(bundle, key)).containsExactly("wrong.asc is not its signature");
    }

    @Test
    void twoReleasesDifferInAByteOrAnEntryButNotInSignatures(@TempDir Path folder) throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        assertThat(Comparison.differences(first, second)).hasSize(1);
        Bundle.write(first.resolve("b.zip"), new TreeMap<>(bundle()));
        Map<String, byte[]> other = new TreeMap<>(bundle());
        other.put(RUNTIME + ".jar.asc", new byte[] {1});
        Bundle.write(second.resolve("b.zip"), other);
        assertThat(Comparison.differences(first, second)).isEmpty();

        other.put(RUNTIME + ".jar", new byte[] {1});
        Bundle.write(second.resolve("b.zip"), other);
        Files.writeString(first.resolve("a.tar.gz"), "1");
        Files.writeString(second.resolve("a.tar.gz"), "2");
        Files.writeString(first.resolve("a.deb"), "only here");
        assertThat(Comparison.differences(first, second))
                .isEqualTo(Set.of("a.deb", "a.tar.gz", "b.zip@" + RUNTIME + ".jar"));
    }

    private static String identity(String name) {
        return "<artifactId>repoint-" + name + "</artifactId>";
    }

    private void put(String name, String content) {
        artifacts.put(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void replace(String name, String pattern, String by) {
        put(name, new String(artifacts.get(name), StandardCharsets.ISO_8859_1).replaceAll(pattern, by));
    }

    private Map<String, byte[]> bundle() {
        Map<String, byte[]> bundle = new LinkedHashMap<>();
        artifacts.forEach((name, content) -> {
            bundle.put(name, content);
            bundle.put(name + ".asc", new byte[] {1});
            for (Checksum each : Checksum.values()) {
                bundle.put(name + each.suffix(), each.of(content).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bundle;
    }

    private static byte[] jar(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry(entry));
        }
        return bytes.toByteArray();
    }
}
