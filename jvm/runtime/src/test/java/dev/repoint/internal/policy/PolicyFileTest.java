package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.Logged;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.PatchableState;
import dev.repoint.Target;
import dev.repoint.Woven;
import dev.repoint.fixture.Offered;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.internal.report.Reported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The operator's policy in a file: when it is read, and when it changes.
class PolicyFileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUBJECT = Subject.class.getName() + ".";
    private static final String TARGETS = Targets.class.getName() + ".";

    @TempDir
    private Path folder;

    private final Woven woven =
            new Woven().with(IndexedOffer.ENTRY, SUBJECT + "add\t" + Offered.class.getName() + ".add\tpriority=3");
    private final Logged logged = new Logged();
    private Thread watch;

    @AfterEach
    void noPolicy() throws InterruptedException {
        logged.close();
        if (watch != null) {
            watch.interrupt();
            watch.join();
        }
        SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.NONE);
    }

    private static void apply(String text) {
        SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.parse("p", text));
    }

    private int sum() {
        return (int) woven.call(Subject.class, "add", 6, 7);
    }

    private int number() {
        return (int) woven.call(Subject.class, "anInt");
    }

    private PatchableState state(String name) {
        return woven.patchable(Subject.class, name).state();
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aPolicyWinsOverOffersAndOverTheDefault() {
        apply(SUBJECT + "add = " + TARGETS + "multiply\n" + SUBJECT + "anInt = constant:7");

        assertThat(sum()).isEqualTo(42);
        assertThat(number()).isEqualTo(7);
        assertThat(state("add").note()).isEqualTo("p line 1");
        assertThat(state("add").changes()).isZero();
    }

    @Test
    void theDefaultIsATargetToo() {
        apply(SUBJECT + "add = default");

        assertThat(sum()).isEqualTo(13);
    }

    @Test
    void aWildcardMeansThoseThatTheTargetFits() {
        apply(SUBJECT + "a* = constant:7");

        assertThat(number()).isEqualTo(7);
        assertThat(sum()).isEqualTo(7);
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("7");
        assertThat(woven.call(Subject.class, "aBoolean")).isEqualTo(false);
    }

    @Test
    void anotherPolicyIsAppliedAtOnceAndWhereItSaysNothingOffersCountAgain() {
        assertThat(sum()).isEqualTo(1013);
        assertThat(number()).isEqualTo(0);

        apply(SUBJECT + "add = " + TARGETS + "multiply\n" + SUBJECT + "anInt = constant:7");
        assertThat(sum()).isEqualTo(42);
        assertThat(number()).isEqualTo(7);
        assertThat(state("add").changes()).isEqualTo(1);

        apply("");
        assertThat(sum()).isEqualTo(1013);
        assertThat(number()).isEqualTo(0);
    }

    @Test
    void aPolicyOfWhichALineCannotBeAppliedChangesNothingAndNamesTheLine() {
        assertThat(number()).isEqualTo(0);
        assertThat(sum()).isEqualTo(1013);

        assertThatThrownBy(() -> apply(SUBJECT + "anInt = constant:7\n" + SUBJECT + "add = " + TARGETS + "wrong"))
                .isInstanceOf(PatchException.class)
                .hasMessageStartingWith("p line 2: ")
                .hasMessageContaining("(int,long)long");
        assertThat(number()).isEqualTo(0);
        assertThat(sum()).isEqualTo(1013);
    }

    @Test
    void aLineIsCheckedBeforeItsPatchableIsCalled() {
        assertThat(woven.patchable(Subject.class, "add").state().links()).isZero();

        assertThatThrownBy(() -> apply(SUBJECT + "add = " + TARGETS + "mutliply"))
                .hasMessageStartingWith("p line 1: ")
                .hasMessageContaining("multiply");
        assertThat(sum()).isEqualTo(1013);
    }

    @Test
    void theLastWordCounts() {
        assertThat(sum()).isEqualTo(1013);
        PatchableMethod add = woven.patchable(Subject.class, "add");
        apply(SUBJECT + "add = constant:1");
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> 2));
        assertThat(sum()).as("the program's, as it came later").isEqualTo(2);

        apply(SUBJECT + "add = constant:1\n" + SUBJECT + "anInt = constant:7");
        assertThat(sum()).as("the same line again says nothing new").isEqualTo(2);

        apply(SUBJECT + "add = constant:3");
        assertThat(sum()).as("another line does").isEqualTo(3);
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsRefusedByName() throws IOException {
        Path file = folder.resolve("policy");
        assertThatThrownBy(() -> new PolicyFile(file, false).text())
                .hasMessage(file + ": there is no such file; create it, or leave repoint.policy out");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> new PolicyFile(file, false).text()).hasMessageContaining("UTF-8");
        Files.write(file, "\uFEFF# with a mark".getBytes(StandardCharsets.UTF_8));
        assertThat(new PolicyFile(file, false).text()).isEqualTo("# with a mark");
    }

    private void watch(Path file) {
        watch = new PolicyWatch(file, new PolicyFile(file, true).text(), text -> PolicySettings.apply(file, text))
                .start();
    }

    @Test
    void anEditIsAppliedARefusedOneIsNotAndTheNextIs() throws IOException {
        Path file = Files.writeString(folder.resolve("policy"), "");
        assertThat(number()).isEqualTo(0);
        assertThat(woven.call(Subject.class, "aLong")).isEqualTo(0L);
        watch(file);
        assertThat(watch.isDaemon()).isTrue();

        Files.writeString(file, SUBJECT + "anInt = constant:7");
        await("the edit", () -> number() == 7);

        Files.writeString(file, SUBJECT + "anInt = constant:8\n" + SUBJECT + "aLong = constant:x");
        await("the refusal", () -> logged.lines().stream().anyMatch(line -> line.contains("policy line 2: ")));
        Files.writeString(folder.resolve("other"), "an event of no interest");
        Files.writeString(file, SUBJECT + "anInt = constant:8\n\nrubbish");
        await(
                "the other refusal",
                () -> logged.lines().stream().anyMatch(line -> line.contains("policy line 3: found 'rubb")));
        assertThat(logged.lines())
                .filteredOn(line -> line.contains("line"))
                .allMatch(line ->
                        !line.startsWith("refused") || line.startsWith("refused, the policy of before stays: " + file));
        assertThat(number()).isEqualTo(7);
        assertThat(woven.call(Subject.class, "aLong")).isEqualTo(0L);
        Path next = Files.writeString(folder.resolve("next"), SUBJECT + "aLong = constant:9");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        await(
                "the file that took its place",
                () -> woven.call(Subject.class, "aLong").equals(9L));
        assertThat(number()).as("the line is gone").isEqualTo(0);
    }

    @Test
    void aSwappedLinkIsAppliedAsOfAConfigMap() throws IOException {
        Path one = Files.createDirectory(folder.resolve("..2026_01"));
        Path two = Files.createDirectory(folder.resolve("..2026_02"));
        Files.writeString(one.resolve("policy"), SUBJECT + "anInt = constant:1");
        Files.writeString(two.resolve("policy"), SUBJECT + "anInt = constant:2");
        Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        Path file = Files.createSymbolicLink(folder.resolve("policy"), Path.of("..data", "policy"));
        assertThat(number()).isEqualTo(0);
        SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.parse("p", new PolicyFile(file, true).text()));
        assertThat(number()).isEqualTo(1);
        watch(file);

        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), two.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        await("the swapped link", () -> number() == 2);

        Files.writeString(two.resolve("policy"), SUBJECT + "anInt = constant:3");
        await("an edit where the link leads", () -> number() == 3);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoFileIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> new PolicyFile(pipe, false).text())
                .isInstanceOf(PatchException.class)
                .hasMessage(pipe + " cannot be read: it is a pipe; name a file");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        assertThatThrownBy(() -> new PolicyFile(circle, false).text())
                .isInstanceOf(PatchException.class)
                .hasMessage(circle + " cannot be read: its symbolic links form a circle");
    }

    @Test
    void whatIsLoggedIsOneLine() {
        PolicyFile.log(System.Logger.Level.ERROR, "refused: a\nERROR: forged\u001b[2J");
        Reported.once("once: a\nERROR: forged");
        assertThat(logged.lines()).contains("refused: a\\nERROR: forged\\u001b[2J", "once: a\\nERROR: forged");
    }

    @Test
    void allFoldersOnTheWayAreWatched() throws IOException {
        Path real = Files.createDirectories(folder.resolve("a/b"));
        Path other = Files.createDirectories(folder.resolve("c"));
        Files.createSymbolicLink(other.resolve("link"), Path.of("../a"));
        Files.writeString(real.resolve("policy"), "");
        Path file = Files.createSymbolicLink(folder.resolve("policy"), Path.of("c/link/b/policy"));

        assertThat(PolicyWatch.folders(file))
                .isEqualTo(Set.of(folder.toRealPath(), other.toRealPath(), real.toRealPath()));
    }
}
