package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Offering;
import dev.repoint.KeyPattern;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.InPlaceWeaving.Outcome;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPlaceWeavingTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));
    private static final String ONE = "a/One.class";
    private static final String TWO = "a/Two.class";

    @TempDir
    Path folder;

    private Path classes;
    private Path kept;

    @BeforeEach
    void twoClasses() throws IOException {
        classes = new TestJar().with(ONE, one(1)).with(TWO, calling()).writeDirectory(folder.resolve("classes"));
        kept = folder.resolve("kept");
        age();
    }

    @Test
    void onlyWhatIsSelectedIsWrittenAndTheRestKeepsItsTime() throws IOException {
        Outcome outcome = weave("a.One.get");

        assertThat(outcome.written()).containsExactly(Table.ENTRY, ONE);
        assertThat(outcome.summary().woven()).isEqualTo(1);
        assertThat(Files.readAllBytes(classes.resolve(ONE))).isNotEqualTo(one(1));
        assertThat(Files.getLastModifiedTime(classes.resolve(TWO))).isEqualTo(LONG_AGO);
        assertThat(keys()).containsExactly("a.One.get()");
        assertThat(table().rows().getFirst().sites()).hasSize(1);
    }

    @Test
    void aClassOfALaterJavaIsWovenIfItIsUnderstood() throws IOException {
        byte[] later = one(1);
        later[7] = (byte) (ClassFile.latestMajorVersion() + 1);
        Files.write(classes.resolve(ONE), later);

        weave("a.**");

        assertThat(Files.readAllBytes(classes.resolve(ONE))).hasSizeGreaterThan(later.length);
    }

    @Test
    void aClassOfALaterJavaThatIsNotUnderstoodIsRefusedAndNothingIsWritten() throws IOException {
        byte[] later = one(1);
        later[7] = (byte) (ClassFile.latestMajorVersion() + 1);
        later[10] = 99; // the tag of its first constant
        Files.write(classes.resolve(ONE), later);

        assertThatExceptionOfType(WeaveException.class)
                .isThrownBy(() -> weave("a.**"))
                .withMessageContaining(ONE + ": class file version " + later[7])
                .withMessageContaining("run Repoint with JDK");
        assertThat(classes.resolve(ONE)).hasBinaryContent(later);
        assertThat(classes.resolve(Table.ENTRY)).doesNotExist();
    }

    @Test
    void weavingAgainTouchesNothing() throws IOException {
        weave("a.One.get");
        age();

        Outcome again = weave("a.One.get");

        assertThat(again.written()).isEmpty();
        assertThat(again.summary().changed()).isFalse();
        assertThat(again.table()).isEqualTo(table());
        for (String name : List.of(ONE, TWO, Table.ENTRY)) {
            assertThat(Files.getLastModifiedTime(classes.resolve(name)))
                    .as(name)
                    .isEqualTo(LONG_AGO);
        }
    }

    @Test
    void offersAreIndexedAsLongAsThereAreAny() throws IOException {
        String offering = "com/acme/Offering.class";
        new TestJar().with(Offering.class).writeDirectory(classes);

        assertThat(weave("no.Such.method").written()).containsExactly(IndexedOffer.ENTRY);
        assertThat(Files.readString(classes.resolve(IndexedOffer.ENTRY))).contains("com.acme.Offering.plain");
        assertThat(weave("no.Such.method").written()).isEmpty();

        Files.delete(classes.resolve(offering));
        assertThat(weave("no.Such.method").written()).containsExactly(IndexedOffer.ENTRY);
        assertThat(classes.resolve(IndexedOffer.ENTRY)).doesNotExist();
        assertThat(weave("no.Such.method").written()).isEmpty();
    }

    @Test
    void aClassThatIsCompiledAgainIsWovenAgain() throws IOException {
        weave("a.One.get");
        byte[] before = Files.readAllBytes(classes.resolve(ONE));
        Files.write(classes.resolve(ONE), one(2));
        age();

        Outcome again = weave("a.One.get");

        assertThat(again.written()).containsExactly(ONE);
        assertThat(Files.readAllBytes(classes.resolve(ONE)))
                .isNotEqualTo(before)
                .isNotEqualTo(one(2));
        assertThat(Files.getLastModifiedTime(classes.resolve(Table.ENTRY))).isEqualTo(LONG_AGO);
        weave("b.Other.none");
        assertThat(classes.resolve(ONE)).hasBinaryContent(one(2));
    }

    @Test
    void whatADeletedClassHadGoesOutOfTheTable() throws IOException {
        weave("a.**");
        assertThat(keys()).containsExactly("a.One.get()", "a.Two.run()");
        Files.delete(classes.resolve(TWO));

        assertThat(weave("a.**").written()).containsExactly(Table.ENTRY);

        assertThat(keys()).containsExactly("a.One.get()");
        assertThat(table().rows().getFirst().sites()).isEmpty();
        assertThat(kept.resolve("original").resolve(TWO)).doesNotExist();
    }

    @Test
    void whatIsNoLongerSelectedGetsItsOriginalBack() throws IOException {
        weave("a.**");

        Outcome nothing = weave("b.Other.none");

        assertThat(nothing.written()).containsExactly(Table.ENTRY, ONE, TWO);
        assertThat(classes.resolve(ONE)).hasBinaryContent(one(1));
        assertThat(classes.resolve(TWO)).hasBinaryContent(calling());
        assertThat(classes.resolve("META-INF")).doesNotExist();
        assertThat(weave("b.Other.none").written()).isEmpty();
    }

    @Test
    void lookingSaysWhatWouldBeWrittenAndWritesNothing() {
        Outcome look = run(patchable("a.One.get"), false);

        assertThat(look.written()).containsExactly(Table.ENTRY, ONE);
        assertThat(look.table().rows()).hasSize(1);
        assertThat(classes.resolve(ONE)).hasBinaryContent(one(1));
        assertThat(kept).doesNotExist();
    }

    @Test
    void whereTheOriginalsWereLostWovenClassesStayAndTheTableForgetsDeletedOnes() throws IOException {
        weave("a.**");
        byte[] woven = Files.readAllBytes(classes.resolve(ONE));
        try (var files = Files.walk(kept)) {
            for (Path each : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        }
        Files.delete(classes.resolve(TWO));

        assertThat(weave("a.**").written()).containsExactly(Table.ENTRY);

        assertThat(classes.resolve(ONE)).hasBinaryContent(woven);
        assertThat(keys()).containsExactly("a.One.get()");
    }

    @Test
    void anotherWovenClassIsNotTakenForOurs() throws IOException {
        weave("a.**");
        Path elsewhere = new TestJar().with(ONE, one(3)).writeDirectory(folder.resolve("elsewhere"));
        try (ClassPath none = new ClassPath(List.of())) {
            InPlaceWeaving.run(elsewhere, folder.resolve("other"), none, patchable("a.**"), true);
        }
        byte[] brought = Files.readAllBytes(elsewhere.resolve(ONE));
        Files.write(classes.resolve(ONE), brought);

        weave("a.**");

        assertThat(classes.resolve(ONE)).hasBinaryContent(brought);
    }

    @Test
    void aMethodIsResolvedOnTheClassPath() throws IOException {
        Path library = new TestJar()
                .with("b/Base.class", Generated.returning("b.Base", "java.lang.Object", 1, "get"))
                .with("b/Sub.class", Generated.returning("b.Sub", "b.Base", 1))
                .write(folder.resolve("library.jar"));
        Files.write(classes.resolve(TWO), Generated.calling("a.Two", "b.Sub", "get"));
        Selection calls = new Selection(List.of(), true, List.of(KeyPattern.parse("b.Base.get")), List.of(), List.of());

        assertThat(run(calls, true).summary().sites()).isEmpty();
        try (ClassPath classPath = new ClassPath(List.of(folder.resolve("missing"), library))) {
            Outcome outcome = InPlaceWeaving.run(classes, kept, classPath, calls, true);
            assertThat(outcome.summary().sites()).hasSize(1);
            assertThat(classPath.fileOf("b/Sub")).isEqualTo(library);
        }
    }

    @Test
    void theOriginalsMayNotLieAmongTheClasses() {
        assertThatThrownBy(() -> {
                    try (ClassPath none = new ClassPath(List.of())) {
                        InPlaceWeaving.run(classes, classes.resolve("kept"), none, Selection.ofAnnotated(), true);
                    }
                })
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("lies inside " + classes);
    }

    private Outcome weave(String pattern) {
        return run(patchable(pattern), true);
    }

    private Outcome run(Selection selection, boolean write) {
        try (ClassPath none = new ClassPath(List.of())) {
            return InPlaceWeaving.run(classes, kept, none, selection, write);
        }
    }

    private Table table() throws IOException {
        return TableReader.read(Files.readAllBytes(classes.resolve(Table.ENTRY)), "table");
    }

    private List<String> keys() throws IOException {
        return table().rows().stream().map(row -> row.key().text()).toList();
    }

    private void age() throws IOException {
        try (var files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(each, LONG_AGO);
            }
        }
    }

    private static byte[] one(int number) {
        return Generated.returning("a.One", "java.lang.Object", number, "get");
    }

    private static byte[] calling() {
        return Generated.calling("a.Two", "a.One", "get");
    }
}
