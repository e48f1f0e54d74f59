package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Class files of a later Java than that of the JDK which runs the command, with something behind the last part that it
/// knows.
class NewerClassTest {

    private static final int VERSION = ClassFile.latestMajorVersion() + 2;
    private static final String NAMED =
            "class file version " + VERSION + " (Java " + (VERSION - 44) + ") is newer than";

    @TempDir
    private Path folder;

    private Path classes;
    private byte[] understood;

    @BeforeEach
    void compile() throws IOException {
        Path unused = Sources.jar(folder, "shop.jar", "Shop", """
            package acme;
            public class Shop {
                static int price() { return Till.sum(); }
            }
            class Till {
                static int sum() { return 7; }
            }
            """);
        classes = folder.resolve("classes");
        Path till = classes.resolve("acme/Till.class");
        byte[] bytes = Files.readAllBytes(till);
        bytes[7] = (byte) VERSION;
        understood = bytes;
        Files.write(till, Arrays.copyOf(bytes, bytes.length + 1));
    }

    private static void assertNamed(Ran ran) {
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err())
                .contains("acme/Till.class", NAMED, "run Repoint with JDK " + (VERSION - 44) + " or later")
                .hasLineCount(1);
    }

    @Test
    void whatIsUnderstoodIsWovenAndPatchedLikeAnyOther() throws IOException {
        Files.write(classes.resolve("acme/Till.class"), understood);
        Path out = folder.resolve("out");

        Ran woven = Ran.repoint("weave", classes.toString(), "-o", out.toString(), "--patchable", "acme.**");
        Ran sites = Ran.repoint("sites", classes.toString(), "--patchable", "acme.**");

        assertThat(woven.exit()).as(woven.err()).isZero();
        assertThat(woven.out()).contains("2 entries woven in 2 of 2 classes");
        assertThat(sites.exit()).as(sites.err()).isZero();
        assertThat(sites.out()).contains("acme.Till.sum()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.Till.sum", "acme.**", "**"})
    void sitesNamesTheVersion(String key) {
        assertNamed(Ran.repoint("sites", classes.toString(), "--patchable", key));
    }

    @Test
    void tellsWhatItCanTellOfTheOthers() {
        assertThat(Ran.repoint("sites", classes.toString(), "--patchable", "acme.**")
                        .out())
                .contains("acme.Shop.price()");
    }

    @Test
    void weaveNamesTheVersionAndLeavesTheClass() throws IOException {
        Path out = folder.resolve("out");
        Ran ran = Ran.repoint("weave", classes.toString(), "-o", out.toString(), "--patchable", "acme.**");
        assertNamed(ran);
        assertThat(ran.out()).contains("1 entry woven in 1 of 2 classes");
        assertThat(Files.mismatch(out.resolve("acme/Till.class"), classes.resolve("acme/Till.class")))
                .isEqualTo(-1);
    }

    @Test
    void whatIsNotToBeWovenMayBeOfAnyVersion() {
        Ran ran = Ran.repoint(
                "weave", classes.toString(), "-o", folder.resolve("out").toString(), "--patchable", "acme.Shop.price");
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void whatIsInNoOtherClassIsNotWrittenAtAll() {
        Path out = folder.resolve("out");
        Stream.of(
                        Ran.repoint("weave", classes.toString(), "-o", out.toString(), "--patchable", "acme.Till.sum"),
                        Ran.repoint("patch", classes.toString(), "-o", out.toString(), "acme.Till.sum=constant:1"),
                        Ran.repoint(
                                "patch",
                                classes.toString(),
                                "-o",
                                out.toString(),
                                "acme.Shop.price=constant:1",
                                "acme.Till.sum=constant:1"))
                .forEach(NewerClassTest::assertNamed);
        assertThat(out).doesNotExist();
    }
}
