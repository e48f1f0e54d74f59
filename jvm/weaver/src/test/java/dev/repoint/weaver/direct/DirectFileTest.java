package dev.repoint.weaver.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.DirectSummary;
import dev.repoint.weaver.archive.NestedJars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of all forms whose calls are pointed elsewhere.
class DirectFileTest {

    private static final String MAIN = """
        package com.acme;
        public class Main {
            static int one() { return 1; }
            public static int two() { return 2; }
            static int three() { return 3; }
            public static void main(String[] args) { System.out.println(one() + " " + new Other().ask()); }
        }
        """;

    private static final String OTHER = """
        package com.acme;
        public class Other {
            int ask() { return Main.one(); }
        }
        """;

    private static final String CHANGE = "com.acme.Main.one=com.acme.Main.two";

    @TempDir
    Path folder;

    private Application program() {
        return Application.of(folder, MAIN, OTHER);
    }

    private static DirectSummary direct(Path file, Path output, boolean strip) {
        try (Archive archive = Archive.open(file)) {
            return archive.point(List.of(Policy.parse(CHANGE)), false, false, output, strip);
        }
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry each : zip.stream().map(ZipEntry.class::cast).toList()) {
                all.put(each.getName(), zip.getInputStream(each).readAllBytes());
            }
        }
        return all;
    }

    private static byte[] zip(Map<String, byte[]> entries, boolean isStored) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (isStored) {
                    CRC32 sum = new CRC32();
                    sum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void thePatchedJarHasARecordAndPatchingItAgainCopiesIt() throws IOException {
        Application program = program();
        assertThat(program.run(CHANGE)).isEqualTo("2 2");

        try (Archive archive = Archive.open(program.output())) {
            assertThat(archive.pointed())
                    .hasToString("[DirectRow[key=com.acme.Main.one():int, target=com.acme.Main.two():int, calls=2]]");
        }
        Path again = folder.resolve("again.jar");
        DirectSummary summary = direct(program.output(), again, false);
        assertThat(summary.isWritten()).isTrue();
        assertThat(summary.keys().get(0).earlier()).isEqualTo(2);
        assertThat(summary.keys().get(0).pointed()).isEmpty();
        assertThat(again).hasSameBinaryContentAs(program.output());
    }

    @Test
    void whatWasPointedElsewhereIsNotPatchedAgain() {
        Application program = program();
        assertThat(program.direct(CHANGE).isWritten()).isTrue();
        String message = program.output() + ": the calls of com.acme.Main.one():int were pointed at"
                + " com.acme.Main.two():int before, and do not name it any more; patch the original file";

        try (Archive archive = Archive.open(program.output())) {
            List<Policy> other = List.of(Policy.parse("com.acme.Main.one=com.acme.Main.three"));
            Path again = folder.resolve("again.jar");
            assertThatThrownBy(() -> archive.point(other, false, false, again, false))
                    .isInstanceOf(WeaveException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> archive.patch(other, again, false))
                    .isInstanceOf(WeaveException.class)
                    .hasMessage(message);
            assertThat(again).doesNotExist();
        }
    }

    @Test
    void aFolderAndASingleClassArePatched() throws IOException {
        Application program = program();
        Path classes = folder.resolve("classes");
        Path output = folder.resolve("new");
        assertThat(direct(classes, output, false).pointed()).isEqualTo(2);
        assertThat(output.resolve(DirectRow.ENTRY)).exists();

        Path single = folder.resolve("Other.class");
        DirectSummary alone = direct(classes.resolve("com/acme/Other.class"), single, false);
        assertThat(alone.keys().get(0).refusal())
                .isEqualTo(
                        "its class is not there to tell more; its target com.acme.Main.two has no class in it, nor in"
                                + " the JDK; put that into it first");
        assertThat(single).doesNotExist();
        assertThat(direct(classes.resolve("com/acme/Main.class"), single, false).pointed())
                .isEqualTo(1);
        assertThat(single).exists();
        assertThat(program.jar()).exists();
    }

    @Test
    void nothingIsWrittenWithoutAnOutput() {
        Application program = program();
        DirectSummary summary = direct(program.jar(), null, false);

        assertThat(summary.isWritten()).isFalse();
        assertThat(summary.pointed()).isEqualTo(2);
        assertThatThrownBy(() -> direct(program.jar(), program.jar(), false))
                .hasMessage(program.jar() + " is the input; name another output");
    }

    @Test
    void aSignedJarIsRefusedOrLosesItsSignature() throws IOException {
        Map<String, byte[]> entries = entries(program().jar());
        entries.put("META-INF/ACME.SF", new byte[] {1});
        Path signed = Files.write(folder.resolve("signed.jar"), zip(entries, false));
        Path output = folder.resolve("new.jar");

        assertThatThrownBy(() -> direct(signed, output, false)).hasMessageStartingWith(signed + " is signed");
        assertThat(output).doesNotExist();
        assertThat(direct(signed, output, true).signaturesRemoved()).isTrue();
        assertThat(entries(output)).doesNotContainKey("META-INF/ACME.SF");
    }

    @Test
    void theCallsOfLibrariesInAnApplicationArePointedAtItsClasses() throws IOException {
        Map<String, byte[]> classes = entries(program().jar());
        Map<String, byte[]> library = Map.of("com/acme/Other.class", classes.get("com/acme/Other.class"));
        Map<String, byte[]> packed = new LinkedHashMap<>();
        packed.put("BOOT-INF/classes/com/acme/Main.class", classes.get("com/acme/Main.class"));
        packed.put("BOOT-INF/lib/other.jar", zip(library, true));
        packed.put("com/acme/Loader.class", loader());
        Path jar = Files.write(folder.resolve("boot.jar"), zip(packed, true));
        Path output = folder.resolve("new.jar");

        DirectSummary summary = direct(jar, null, false);
        assertThat(summary.keys().get(0).left())
                .extracting(LeftCall::reason)
                .containsExactly("another class loader loads it, which does not see the application's classes");
        packed.remove("com/acme/Loader.class");
        Files.write(jar, zip(packed, true));
        assertThat(direct(jar, output, false).pointed()).isEqualTo(2);
        assertThat(entries(output)).containsKey(DirectRow.ENTRY);
        assertThat(entries(output).get("BOOT-INF/lib/other.jar")).isNotEqualTo(packed.get("BOOT-INF/lib/other.jar"));
    }

    @Test
    void subclassesInLibrariesThatAreNotSelectedCount() throws IOException {
        Map<String, byte[]> classes = entries(Application.of(folder, """
            package com.acme;
            public class Main {
                public int one() { return 1; }
                static int two(Main main) { return 2; }
                static int ask(Main main) { return main.one(); }
            }
            """, """
            package com.acme;
            public class Other extends Main {
                @Override public int one() { return 3; }
            }
            """).jar());
        Map<String, byte[]> packed = new LinkedHashMap<>();
        packed.put("BOOT-INF/classes/com/acme/Main.class", classes.get("com/acme/Main.class"));
        packed.put(
                "BOOT-INF/lib/other.jar",
                zip(Map.of("com/acme/Other.class", classes.get("com/acme/Other.class")), true));
        packed.put("BOOT-INF/lib/none.jar", zip(Map.of("none", new byte[0]), true));
        Path jar = Files.write(folder.resolve("boot.jar"), zip(packed, true));

        try (Archive archive = Archive.open(jar, new NestedJars(List.of("none.jar")))) {
            DirectSummary summary = archive.point(List.of(Policy.parse(CHANGE)), true, false, null, false);
            assertThat(summary.keys().get(0).left())
                    .extracting(LeftCall::reason)
                    .containsExactly("the receiver may be a com.acme.Other, which overrides it");
        }
    }

    /// A class at the root of an application that calls the method.
    private byte[] loader() throws IOException {
        Path loader = folder.resolve("loader");
        return entries(Application.of(loader, MAIN, OTHER, """
            package com.acme;
            public class Loader {
                int ask() { return Main.one(); }
            }
            """).jar()).get("com/acme/Loader.class");
    }

    @Test
    void everyVersionOfAClassInAMultiReleaseJarIsPatched() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        entries.putAll(entries(program().jar()));
        entries.put("META-INF/versions/11/com/acme/Other.class", entries.get("com/acme/Other.class"));
        Path jar = Files.write(folder.resolve("mr.jar"), zip(entries, false));
        Path output = folder.resolve("new.jar");

        assertThat(direct(jar, output, false).pointed()).isEqualTo(3);
        assertThat(Application.run(output)).isEqualTo("2 2");
    }

    @Test
    void aDamagedRecordIsRefusedWithItsLine() throws IOException {
        Map<String, byte[]> entries = entries(program().jar());
        entries.put(DirectRow.ENTRY, "# head\ncom.acme.Main.one\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Path jar = Files.write(folder.resolve("damaged.jar"), zip(entries, false));

        assertThatThrownBy(() -> direct(jar, folder.resolve("new.jar"), false))
                .hasMessage("damaged.jar@META-INF/repoint/direct: line 2 is no key, target and number of calls:"
                        + " 1 fields");
    }
}
