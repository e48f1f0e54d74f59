package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.content;
import static dev.repoint.weaver.archive.TestJar.names;
import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.sites;
import static dev.repoint.weaver.archive.TestJar.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Calls;
import com.acme.Crc;
import com.acme.Greeter;
import com.acme.Marked;
import com.acme.Ops;
import com.acme.SubOps;
import com.acme.base.Base;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableRow;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarWeavingTest {

    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out.jar");
    }

    /// A loader that has the classes of the jar, and not those of the same names that are on the test class
    /// path.
    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, Repoint.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    if (!name.startsWith("com.acme.")) {
                        return super.loadClass(name, resolve);
                    }
                    Class<?> known = findLoadedClass(name);
                    return known == null ? findClass(name) : known;
                }
            }
        };
    }

    @Test
    void theTableOfAClassThatHasNoRoomForAllHasWhatIsWoven() throws IOException {
        byte[] full = Generated.ofFullPool("com.acme.Full", "a", "b", "c", "d", "e", "f", "g", "h");
        Path jar = new TestJar().with("com/acme/Full.class", full).write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(patchable("com.acme.**"), jar, out());

        assertThat(summary.entries()).hasSizeBetween(1, 7);
        assertThat(summary.rejected()).hasSize(8 - summary.entries().size());
        Table table = TableReader.read(content(out(), Table.ENTRY), "table");
        assertThat(table.rows())
                .extracting(TableRow::key)
                .isEqualTo(summary.entries().stream().map(PatchedEntry::key).toList());
        assertThat(table.rejected()).hasSameSizeAs(summary.rejected());
    }

    @Test
    void aWovenJarRunsAsBeforeUntilATargetIsSet() throws Throwable {
        Path jar = new TestJar()
                .with(Ops.class, SubOps.class, Calls.class, Greeter.class, Base.class)
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(patchable("com.acme.Ops.add"), jar, out());

        assertThat(summary.changed()).isTrue();
        assertThat(summary.woven()).isEqualTo(1);
        assertThat(summary.unchanged()).isEqualTo(4);
        assertThat(summary.entries()).extracting(PatchedEntry::key).hasToString("[com.acme.Ops.add(int,int)]");
        assertThat(summary.bytesAfter()).isGreaterThan(summary.bytesBefore());
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.unmatched()).isEmpty();
        try (URLClassLoader loader = loader(out())) {
            Class<?> ops = loader.loadClass("com.acme.Ops");
            Object calls = loader.loadClass("com.acme.Calls").getConstructor().newInstance();
            assertThat(calls.getClass().getMethod("onStatic").invoke(calls)).isEqualTo(7);
            MethodHandles.Lookup lookup =
                    (MethodHandles.Lookup) ops.getMethod("lookup").invoke(null);
            PatchableMethod add = Repoint.find(lookup, ops, "add");
            MethodType type = MethodType.methodType(int.class, int.class, int.class);
            add.set(Target.of(MethodHandles.lookup().findStatic(Math.class, "multiplyExact", type)));
            assertThat(calls.getClass().getMethod("onStatic").invoke(calls)).isEqualTo(12);
            add.reset();
            assertThat(calls.getClass().getMethod("onStatic").invoke(calls)).isEqualTo(7);
        }
    }

    @Test
    void theTableIsPutLastAndHoldsWhatWasWovenWithItsSites() throws IOException {
        Path jar = new TestJar().with(Ops.class, Calls.class).write(folder.resolve("app.jar"));

        weave(patchable("com.acme.Ops.add"), jar, out());

        assertThat(names(out()).getLast()).isEqualTo(Table.ENTRY);
        Table table = TableReader.read(content(out(), Table.ENTRY), "table");
        assertThat(table.rows()).extracting(row -> row.key().text()).containsExactly("com.acme.Ops.add(int,int)");
        assertThat(table.siteCount())
                .isEqualTo(
                        TestJar.scan(patchable("com.acme.Ops.add"), jar).table().siteCount())
                .isGreaterThan(5);
    }

    @Test
    void weavingAWovenJarGivesTheSameBytes() throws IOException {
        Path jar = new TestJar()
                .with(Ops.class, SubOps.class, Calls.class, Greeter.class, Crc.class, Marked.class)
                .write(folder.resolve("app.jar"));
        weave(patchable("com.acme.**"), jar, out());

        WeaveSummary again = weave(patchable("com.acme.**"), out(), folder.resolve("again.jar"));

        assertThat(again.changed()).isFalse();
        assertThat(again.woven()).isZero();
        assertThat(again.unmatched()).isEmpty();
        assertThat(folder.resolve("again.jar")).hasSameBinaryContentAs(out());
    }

    @Test
    void weavingAWovenJarForMoreKeepsWhatItsTableHad() throws IOException {
        Path jar = new TestJar().with(Ops.class, Crc.class).write(folder.resolve("app.jar"));
        weave(patchable("com.acme.Ops.add"), jar, out());
        weave(patchable("com.acme.Crc.update"), out(), folder.resolve("more.jar"));

        Table table = TableReader.read(content(folder.resolve("more.jar"), Table.ENTRY), "table");

        assertThat(table.rows())
                .extracting(row -> row.key().text())
                .containsExactly("com.acme.Crc.update(int,byte[])", "com.acme.Ops.add(int,int)");
        assertThat(names(folder.resolve("more.jar"))).isEqualTo(names(out()));
    }

    @Test
    void wovenSitesAreInTheTable() throws IOException {
        Path jar = new TestJar().with(Ops.class, Calls.class).write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(sites("java.lang.String.length"), jar, out());

        Table table = TableReader.read(content(out(), Table.ENTRY), "table");
        assertThat(summary.sites()).isNotEmpty();
        assertThat(table.rows()).extracting(TableRow::key).hasToString("[java.lang.String.length()]");
        assertThat(table.rows().getFirst().sites()).hasSameSizeAs(summary.sites());
    }

    @Test
    void whatMatchesNothingLeavesACopyAndIsSaid() throws IOException {
        Path jar = new TestJar().with(Ops.class).write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(patchable("com.acme.Ops.substract"), jar, out());

        assertThat(summary.changed()).isFalse();
        assertThat(summary.unmatched()).hasToString("[com.acme.Ops.substract]");
        assertThat(out()).hasSameBinaryContentAs(jar);
    }

    @Test
    void twoRunsGiveTheSameBytesWhateverTheTimeZone() throws IOException {
        Path jar = new TestJar().with("a.txt", "a").with(Ops.class, Crc.class).write(folder.resolve("app.jar"));
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            weave(patchable("com.acme.**"), jar, out());
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            weave(patchable("com.acme.**"), jar, folder.resolve("second.jar"));
        } finally {
            TimeZone.setDefault(zone);
        }

        assertThat(folder.resolve("second.jar")).hasSameBinaryContentAs(out());
    }

    @Test
    void orderTimesCommentsExtraFieldsAndMethodsAreKept() throws IOException {
        Path jar = folder.resolve("app.jar");
        byte[] extra = {(byte) 0xfe, (byte) 0xca, 2, 0, 7, 8};
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setComment("of the file");
            zip.putNextEntry(new ZipEntry("z/"));
            ZipEntry text = new ZipEntry("z/text");
            text.setLastModifiedTime(FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
            text.setComment("of the text");
            text.setExtra(extra);
            zip.putNextEntry(text);
            zip.write("text".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            ZipEntry type = new ZipEntry("com/acme/Ops.class");
            type.setComment("of the class");
            byte[] bytes = Generated.bytesOf(Ops.class);
            java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
            checksum.update(bytes);
            type.setMethod(ZipEntry.STORED);
            type.setSize(bytes.length);
            type.setCrc(checksum.getValue());
            zip.putNextEntry(type);
            zip.write(bytes);
        }

        weave(patchable("com.acme.**"), jar, out());

        try (ZipFile before = new ZipFile(jar.toFile());
                ZipFile after = new ZipFile(out().toFile())) {
            assertThat(after.getComment()).isEqualTo("of the file");
            assertThat(names(out())).containsExactly("z/", "z/text", "com/acme/Ops.class", Table.ENTRY);
            for (String name : names(jar)) {
                ZipEntry old = before.getEntry(name);
                ZipEntry now = after.getEntry(name);
                assertThat(now.getLastModifiedTime()).isEqualTo(old.getLastModifiedTime());
                assertThat(now.getComment()).isEqualTo(old.getComment());
                assertThat(now.getMethod()).isEqualTo(old.getMethod());
                assertThat(now.getExtra()).isEqualTo(old.getExtra());
            }
            assertThat(after.getEntry("z/text").getExtra()).containsSubsequence(extra);
        }
        assertThat(content(out(), "z/text")).isEqualTo(content(jar, "z/text"));
        assertThat(content(out(), "com/acme/Ops.class")).isNotEqualTo(content(jar, "com/acme/Ops.class"));
    }

    @Test
    void nestedJarsAndModuleDescriptorsAreLeft() throws IOException {
        Path inner = new TestJar().with(Ops.class).write(folder.resolve("inner.jar"));
        byte[] module = Generated.bytesOf(Object.class); // no descriptor, and never looked at
        Path jar = new TestJar()
                .with("lib/inner.jar", Files.readAllBytes(inner))
                .with("module-info.class", module)
                .with(Crc.class)
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(patchable("com.acme.**", "java.lang.Object.toString"), jar, out());

        assertThat(summary.classes()).isEqualTo(1);
        assertThat(content(out(), "lib/inner.jar")).isEqualTo(Files.readAllBytes(inner));
        assertThat(content(out(), "module-info.class")).isEqualTo(module);
    }

    @Test
    void aResourceThatIsCalledLikeAClassFileIsCopiedAndRejected() throws IOException {
        Path jar = new TestJar()
                .with("com/acme/Odd.class", "not a class file, but a text that is called like one")
                .with(Ops.class, Calls.class)
                .write(folder.resolve("app.jar"));

        WeaveSummary summary = weave(patchable("com.acme.Ops.add"), jar, out());

        assertThat(summary.woven()).isEqualTo(1);
        assertThat(summary.rejected())
                .containsExactly(new Rejected(
                        "app.jar@com/acme/Odd.class", "malformed class file at offset 0: magic number 6e6f7420"));
        assertThat(content(out(), "com/acme/Odd.class")).isEqualTo(content(jar, "com/acme/Odd.class"));
        assertThat(TableReader.read(content(out(), Table.ENTRY), "table").rejected())
                .extracting(Rejected::subject)
                .containsExactly("com/acme/Odd.class");
    }

    @Test
    void storedEntriesStayStored() throws IOException {
        Path jar = new TestJar().with("a", "a").with(Ops.class).stored().write(folder.resolve("app.jar"));

        weave(patchable("com.acme.**"), jar, out());

        try (ZipFile zip = new ZipFile(out().toFile())) {
            assertThat(List.of(zip.getEntry("a"), zip.getEntry("com/acme/Ops.class")))
                    .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
        }
    }

    @Test
    void whatIsThereAlreadyIsReplaced() throws IOException {
        Path jar = new TestJar().with(Ops.class).write(folder.resolve("app.jar"));
        Files.writeString(out(), "old");

        weave(patchable("com.acme.**"), jar, out());

        assertThat(names(out())).contains("com/acme/Ops.class");
        assertThat(TestJar.files(folder)).containsExactly("app.jar", "out.jar");
    }
}
