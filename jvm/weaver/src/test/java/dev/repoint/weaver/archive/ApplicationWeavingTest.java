package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Ops;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Applications that are packed into one jar with their libraries.
class ApplicationWeavingTest {

    private static final String LIBRARY = "BOOT-INF/lib/lib-1.jar";
    private static final String RUNTIME = "repoint-runtime-0.1.0.jar";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"BOOT-INF/,true", "WEB-INF/,true", "WEB-INF/,false"})
    void librariesAreWovenAndStoredAsTheyWere(String layout, boolean stored) throws IOException {
        Path jar = application(layout, stored, library());
        Path out = folder.resolve("out.jar");

        WeaveSummary summary = TestJar.weave(patchable("com.acme.**", "app.**", "lib.**"), jar, out);

        assertThat(summary.woven()).isEqualTo(3);
        assertThat(summary.runtime()).isEqualTo(RUNTIME + " was added to " + layout + "lib/");
        assertThat(TestJar.names(out))
                .startsWith(TestJar.names(jar).toArray(String[]::new))
                .contains(layout + "lib/" + RUNTIME, "META-INF/repoint/table");
        assertThat(methods(out, layout + "lib/lib-1.jar")).isEqualTo(stored ? ZipEntry.STORED : ZipEntry.DEFLATED);
        assertThat(methods(out, layout + "lib/" + RUNTIME)).isEqualTo(ZipEntry.STORED);
        assertThat(inside(out, layout + "lib/lib-1.jar"))
                .containsExactly("META-INF/MANIFEST.MF", "com/acme/Ops.class", "../../evil.txt", "lib/Hex.class");
        assertThat(inside(out, layout + "lib/" + RUNTIME)).contains("dev/repoint/Repoint.class", "module-info.class");
        try (Archive archive = Archive.open(out)) {
            assertThat(archive.table().orElseThrow().keyTexts()).contains("app.Main.run()", "lib.Hex.encode()");
        }
    }

    @Test
    void aLibraryThatHoldsNothingOfInterestIsCopied() throws IOException {
        Path jar = application("BOOT-INF/", true, library());
        Path out = folder.resolve("out.jar");

        TestJar.weave(patchable("app.**"), jar, out);

        assertThat(TestJar.content(out, LIBRARY)).isEqualTo(TestJar.content(jar, LIBRARY));
    }

    @Test
    void weavingWhatWasWovenIsACopy() throws IOException {
        Path jar = application("BOOT-INF/", true, library());
        TestJar.weave(patchable("lib.**"), jar, folder.resolve("out.jar"));

        WeaveSummary again = TestJar.weave(patchable("lib.**"), folder.resolve("out.jar"), folder.resolve("again.jar"));

        assertThat(again.changed()).isFalse();
        assertThat(folder.resolve("again.jar")).hasSameBinaryContentAs(folder.resolve("out.jar"));
    }

    @Test
    void theListOfLibrariesNamesTheRuntime() throws IOException {
        Path jar = new TestJar()
                .with("BOOT-INF/classpath.idx", "- \"" + LIBRARY + "\"")
                .with(LIBRARY, bytes(library()))
                .stored()
                .write(folder.resolve("app.jar"));
        Path out = folder.resolve("out.jar");

        TestJar.weave(patchable("lib.**"), jar, out);

        assertThat(new String(TestJar.content(out, "BOOT-INF/classpath.idx"), StandardCharsets.UTF_8))
                .isEqualTo("- \"" + LIBRARY + "\"\n- \"BOOT-INF/lib/" + RUNTIME + "\"\n");
    }

    @Test
    void aRuntimeThatIsThereIsNotAddedAgain() throws IOException {
        Path jar = new TestJar()
                .with(LIBRARY, bytes(library()))
                .with("BOOT-INF/lib/my-runtime.jar", bytes(new TestJar().with("dev/repoint/link/MethodLink.class", "")))
                .stored()
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = TestJar.weave(patchable("lib.**"), jar, folder.resolve("out.jar"));

        assertThat(summary.runtime()).isEmpty();
        assertThat(TestJar.names(folder.resolve("out.jar"))).noneMatch(name -> name.endsWith(RUNTIME));
    }

    @Test
    void aPlainJarThatStartsItselfIsToldWhatItNeeds() throws IOException {
        Path jar = new TestJar()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: app.Main\r\n\r\n")
                .with("app/Main.class", Generated.returning("app.Main", "java.lang.Object", 1, "run"))
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = TestJar.weave(patchable("app.**"), jar, folder.resolve("out.jar"));

        assertThat(summary.runtime()).contains("Class-Path", RUNTIME);
    }

    @Test
    void onlyTheLibrariesThatAreWantedAreLookedInto() throws IOException {
        Path jar = new TestJar()
                .with(LIBRARY, bytes(library()))
                .with(
                        "BOOT-INF/lib/other.jar",
                        bytes(new TestJar()
                                .with(
                                        "lib/Other.class",
                                        Generated.returning("lib.Other", "java.lang.Object", 1, "run"))))
                .stored()
                .write(folder.resolve("app.jar"));

        try (Archive archive = Archive.open(jar, new NestedJars(List.of("oth*.jar")))) {
            assertThat(archive.members()).extracting(Object::toString).containsExactly("lib.Other.run()");
        }
        assertThatThrownBy(() -> Archive.open(jar, new NestedJars(List.of("no-*.jar"))))
                .isInstanceOf(WeaveException.class)
                .hasMessage(
                        jar + " contains no library 'no-*.jar'; it contains " + LIBRARY + ", BOOT-INF/lib/other.jar");
    }

    @Test
    void aSignedLibraryIsRefusedOnlyIfItChanges() throws IOException {
        Path jar = application("BOOT-INF/", true, library().with("META-INF/A.SF", "x"));
        Path out = folder.resolve("out.jar");

        assertThatThrownBy(() -> TestJar.weave(patchable("lib.**"), jar, out))
                .isInstanceOf(WeaveException.class)
                .hasMessageStartingWith("app.jar@" + LIBRARY + " is signed (META-INF/A.SF)");
        assertThat(TestJar.files(folder)).containsExactly("app.jar");
        assertThat(TestJar.weave(patchable("app.**"), jar, out).woven()).isEqualTo(1);
        try (Archive archive = Archive.open(jar)) {
            assertThat(archive.weave(patchable("lib.**"), out, true).signaturesRemoved())
                    .isTrue();
        }
        assertThat(inside(out, LIBRARY)).doesNotContain("META-INF/A.SF").contains("lib/Hex.class");
    }

    @Test
    void aLibraryThatCannotBeReadIsLeftWithTheReason() throws IOException {
        Path jar = new TestJar()
                .with(LIBRARY, bytes(library()))
                .with("BOOT-INF/lib/broken.jar", "PK nothing")
                .stored()
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = TestJar.weave(patchable("lib.**"), jar, folder.resolve("out.jar"));

        assertThat(summary.woven()).isEqualTo(1);
        assertThat(summary.rejected()).extracting(each -> each.subject()).contains("app.jar@BOOT-INF/lib/broken.jar");
        assertThat(TestJar.content(folder.resolve("out.jar"), "BOOT-INF/lib/broken.jar"))
                .isEqualTo(TestJar.content(jar, "BOOT-INF/lib/broken.jar"));
    }

    @Test
    void whatIsDecidedStandsWhereTheApplicationFindsIt() throws IOException {
        Path jar = application("WEB-INF/", true, library());
        Path out = folder.resolve("out.jar");

        try (Archive archive = Archive.open(jar)) {
            archive.patch(List.of(Policy.parse("lib.Hex.encode=app.Main.run")), out, false);
        }

        assertThat(TestJar.names(out)).contains("WEB-INF/classes/META-INF/repoint/offers");
        try (Archive archive = Archive.open(out)) {
            assertThat(archive.decisions())
                    .extracting(Decision::key)
                    .containsExactly(KeyPattern.parse("lib.Hex.encode"));
        }
    }

    private Path application(String layout, boolean stored, TestJar library) throws IOException {
        TestJar jar = new TestJar()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
                .with(layout + "classes/app/Main.class", Generated.calling("app.Main", "lib.Hex", "encode"))
                .with(layout + "lib/lib-1.jar", bytes(library))
                .with("other/z.jar", bytes(library()));
        return (stored ? jar.stored() : jar).write(folder.resolve("app.jar"));
    }

    private static TestJar library() {
        return new TestJar()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
                .with(Ops.class)
                .with("../../evil.txt", "x")
                .with("lib/Hex.class", Generated.returning("lib.Hex", "java.lang.Object", 7, "encode"));
    }

    private byte[] bytes(TestJar jar) throws IOException {
        Path file = folder.resolve("nested.jar");
        jar.write(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static int methods(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(name).getMethod();
        }
    }

    private static List<String> inside(Path jar, String name) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(TestJar.content(jar, name)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
