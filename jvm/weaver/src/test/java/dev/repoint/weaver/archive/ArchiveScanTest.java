package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.scan;
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
import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveScanTest {

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void writeJar() throws IOException {
        jar = new TestJar()
                .with(Ops.class, SubOps.class, Calls.class, Greeter.class, Base.class, Crc.class, Marked.class)
                .write(folder.resolve("app.jar"));
    }

    private TableRow row(Selection selection, String key) {
        return scan(selection, jar).table().rows().stream()
                .filter(row -> row.key().text().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + key));
    }

    private static List<String> places(TableRow row) {
        return row.sites().stream()
                .map(site -> site.kind() + " in " + site.in().name())
                .distinct()
                .toList();
    }

    @Test
    void annotatedMethodsAreFoundWithoutAnyPattern() {
        assertThat(scan(Selection.ofAnnotated(), jar).table().rows())
                .extracting(row -> row.key().text())
                .containsExactly("com.acme.Marked.get()", "com.acme.Marked.often(int)", "com.acme.Marked.twice(int)");
    }

    @Test
    void everyKindOfUseIsASite() {
        TableRow add = row(patchable("com.acme.Ops.add"), "com.acme.Ops.add(int,int)");

        assertThat(add.safety()).isEqualTo(Safety.ENTRY);
        assertThat(places(add)).contains("invokestatic in onStatic", "methodref in onMethodReferences");
        assertThat(add.sites()).allMatch(site -> site.line() > 0);
        assertThat(places(row(patchable("com.acme.Base.**", "com.acme.base.**"), "com.acme.base.Base.overridden()")))
                .contains("invokespecial in onSuper");
        assertThat(places(row(patchable("com.acme.Greeter.**"), "com.acme.Greeter.farewell(java.lang.String)")))
                .contains("invokeinterface in onInterface", "invokespecial in onInterfaceSuper");
    }

    @Test
    void aReferenceThroughASubclassIsASiteOfWhatItResolvesTo() throws IOException {
        Path inherited = new TestJar()
                .with("p/Parent.class", Generated.returning("p.Parent", "java.lang.Object", 1, "m"))
                .with("p/Child.class", Generated.returning("p.Child", "p.Parent", 1))
                .with("p/User.class", Generated.calling("p.User", "p.Child", "m"))
                .write(folder.resolve("inherited.jar"));

        List<TableRow> rows = scan(patchable("p.Parent.m"), inherited).table().rows();

        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.sites())
                        .containsExactly(
                                new Site(row.key(), "invokestatic", new dev.repoint.Key("p.User", "run", "()I"), 5)));
        assertThat(scan(patchable("p.Child.m"), inherited).unmatched()).hasToString("[p.Child.m]");
    }

    @Test
    void methodsOfTheJdkAreListedWithTheirSitesAndTheirSafety() {
        TableRow length = row(patchable("java.lang.String.length"), "java.lang.String.length()");
        TableRow nanoTime = row(patchable("java.lang.System.nanoTime"), "java.lang.System.nanoTime()");

        assertThat(length.safety()).isEqualTo(Safety.ENTRY);
        assertThat(length.sites()).isNotEmpty();
        assertThat(nanoTime.safety()).isEqualTo(Safety.SITES);
        assertThat(nanoTime.reason()).contains("native");
        assertThat(places(nanoTime)).containsExactly("invokestatic in loopAtStart");
    }

    @Test
    void aPatternThatNamesNobodyCoversWhatTheFileDeclares() {
        assertThat(scan(patchable("**"), jar).table().rows())
                .isNotEmpty()
                .allMatch(row -> row.key().owner().startsWith("com.acme."));
        assertThat(scan(patchable("java.util.**"), jar).table().rows())
                .isNotEmpty()
                .allMatch(row -> row.key().owner().startsWith("java.util."));
        assertThat(scan(sites("**"), jar).table().rows())
                .anyMatch(row -> row.key().owner().startsWith("java."))
                .anyMatch(row -> row.key().owner().startsWith("com.acme."));
    }

    @Test
    void whatHasNoBodyIsForItsSitesAndWhatHasNoCallsIsRejected() {
        ScanResult result = scan(patchable("com.acme.Crc.*"), jar);

        assertThat(result.table().rows())
                .filteredOn(row -> row.safety() == Safety.SITES)
                .extracting(row -> row.key().text())
                .containsExactly("com.acme.Crc.finalize()", "com.acme.Crc.nothing()");
        assertThat(result.table().rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.subject()).isEqualTo("com.acme.Crc.<init>(int)");
            assertThat(rejected.reason()).contains("constructor");
        });
    }

    @Test
    void usesAreLookedForInTheChosenClassesOnly() {
        List<KeyPattern> add = List.of(KeyPattern.parse("com.acme.Ops.add"));
        ClassPattern calls = ClassPattern.parse("com.acme.Calls");

        assertThat(row(new Selection(add, false, List.of(), List.of(calls), List.of()), "com.acme.Ops.add(int,int)")
                        .sites())
                .isNotEmpty();
        assertThat(row(new Selection(add, false, List.of(), List.of(), List.of(calls)), "com.acme.Ops.add(int,int)")
                        .sites())
                .isEmpty();
    }

    @Test
    void aPatternThatMatchesNothingIsSaid() {
        ScanResult result = scan(patchable("com.acme.Ops.ad", "com.acme.Ops.add", "java.lang.String.lenght"), jar);

        assertThat(result.unmatched()).hasToString("[com.acme.Ops.ad, java.lang.String.lenght]");
    }

    @Test
    void scanningTwiceGivesTheSame() {
        assertThat(scan(patchable("com.acme.**"), jar)).isEqualTo(scan(patchable("com.acme.**"), jar));
    }

    @Test
    void anEntryWovenJarHasTheSitesOfTheOriginal() {
        Path woven = folder.resolve("woven.jar");
        weave(patchable("com.acme.**"), jar, woven);

        assertThat(scan(patchable("com.acme.**"), woven).table().rows())
                .isEqualTo(scan(patchable("com.acme.**"), jar).table().rows());
    }

    @Test
    void aSiteWovenJarHasTheSitesOfTheOriginal() {
        Path woven = folder.resolve("woven.jar");
        Selection selection = sites("com.acme.Ops.**", "com.acme.Greeter.*", "java.lang.String.*");
        assertThat(weave(selection, jar, woven).sites()).isNotEmpty();

        assertThat(scan(selection, woven).table().rows())
                .isEqualTo(scan(selection, jar).table().rows());
    }

    @Test
    void aCallInAClassWithoutInvokedynamicIsASiteThatCannotBePatched() throws IOException {
        byte[] caller = Generated.calling("p.Old", "p.Native", "m");
        caller[7] = 50; // the major version
        Path file = new TestJar()
                .with("p/Old.class", caller)
                .with("p/Native.class", Generated.ofNative("p.Native", "m"))
                .write(folder.resolve("old.jar"));

        ScanResult result = scan(patchable("p.Native.m"), file);

        assertThat(result.table().siteCount()).isEqualTo(1);
        assertThat(result.table().rejected())
                .containsExactly(new Rejected(
                        "p.Native.m()",
                        "its invokestatic in p.Old.run() at line 5 cannot be patched: class file version 50 has no "
                                + "invokedynamic"));
    }

    @Test
    void aReferenceThatLeadsNowhereIsRejected() throws IOException {
        Path file = new TestJar()
                .with("p/User.class", Generated.calling("p.User", "java.lang.System", "nanoTime"))
                .write(folder.resolve("wrong.jar"));

        ScanResult result = scan(patchable("java.lang.System.*"), file);

        assertThat(result.table().rows()).isEmpty();
        assertThat(result.table().rejected())
                .containsExactly(new Rejected("java.lang.System.nanoTime()", "its class declares no such method"));
    }

    @Test
    void theMethodsOfAFileAreCandidatesForSuggestions() {
        try (Archive archive = Archive.open(jar)) {
            assertThat(archive.members())
                    .extracting(key -> key.text())
                    .contains("com.acme.Ops.add(int,int)", "com.acme.Crc.update(int,byte[])");
            assertThat(archive.classes().find("com/acme/Ops")).isEqualTo(Generated.bytesOf(Ops.class));
            assertThat(archive.classes().find("java/util/Map$Entry")).isNotNull();
            assertThat(archive.classes().find("no/such/Type")).isNull();
            assertThat(archive.classes().find("NoSuchType")).isNull();
        }
    }

    @Test
    void nothingIsWrittenByLooking() throws IOException {
        byte[] before = Files.readAllBytes(jar);
        scan(patchable("**"), jar);

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(TestJar.files(folder)).containsExactly("app.jar");
    }
}
