package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A policy that a program brings, and those who are told of it.
class BroughtPolicyTest {

    private static final String NAME = "application.yml";
    private static final String SUBJECT = Subject.class.getName() + ".";
    private static final String TARGETS = Targets.class.getName() + ".";

    private final Woven woven = new Woven();
    private final List<PatchChange> changes = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final ListenerScope listening = Repoint.listen(new PatchListener() {
        @Override
        public void patched(List<PatchChange> more) {
            changes.addAll(more);
        }

        @Override
        public void refused(PatchException reason) {
            refused.add(reason.getMessage());
        }
    });

    @AfterEach
    void noPolicy() {
        listening.close();
        Repoint.policy(NAME, "");
    }

    private int add() {
        return (int) woven.call(Subject.class, "add", 6, 7);
    }

    @Test
    void itHoldsForWhatLinksLater() {
        Repoint.policy(NAME, SUBJECT + "add = " + TARGETS + "multiply");
        assertThat(add()).isEqualTo(42);
    }

    @Test
    void anotherReplacesIt() {
        assertThat(add()).isEqualTo(13);
        assertThat(Repoint.policy(NAME, SUBJECT + "add = " + TARGETS + "multiply\n"))
                .isPositive();
        assertThat(add()).isEqualTo(42);
        assertThat(Repoint.policy(NAME, "# nothing\n")).isPositive();
        assertThat(add()).isEqualTo(13);

        String key = SUBJECT + "add(int,int)";
        PatchChange change = new PatchChange(key, "default", TARGETS + "multiply");
        assertThat(change).hasToString(key + ": default -> " + TARGETS + "multiply");
        // Copies of the class in other loaders change, too.
        assertThat(changes).contains(change, new PatchChange(key, TARGETS + "multiply", "default"));
    }

    @Test
    void aWrongLineRefusesTheWhole() {
        add();
        String text = SUBJECT + "anInt = constant:4\n" + SUBJECT + "add = " + TARGETS + "missing";
        String message = NAME + " line 2: ";
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.policy(NAME, text))
                .withMessageStartingWith(message);
        assertThat(woven.call(Subject.class, "anInt")).isNotEqualTo(4);
        assertThat(refused).singleElement().asString().startsWith(message);
        assertThat(changes).isEmpty();
    }

    @Test
    void thereIsOneOperator() {
        Repoint.policy(NAME, SUBJECT + "add = " + TARGETS + "multiply");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> Repoint.policy("fleet shop", SUBJECT + "add = constant:1"))
                .withMessage(
                        "fleet shop: the policy application.yml is in force; a JVM has one, so add the lines there, or"
                                + " leave it out");
        assertThat(add()).isEqualTo(42);
    }

    @Test
    void whoListensIsToldOfEachPatchUntilTheScopeIsClosed() {
        PatchableMethod add = woven.patchable(Subject.class, "add");
        add.set(Target.constant(1));
        add.set(Target.constant(1));
        assertThatExceptionOfType(PatchException.class).isThrownBy(() -> add.set(Target.constant("text")));
        listening.close();
        add.reset();

        assertThat(changes).hasSize(2);
        assertThat(refused).singleElement().asString().contains("add");
    }

    @Test
    void whatAListenerThrowsOrPatchesIsItsOwnAffair() {
        PatchableMethod add = woven.patchable(Subject.class, "add");
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        try (ListenerScope failing = Repoint.listen(more -> {
            anInt.set(Target.constant(4));
            throw new IllegalStateException("a fault of the listener");
        })) {
            assertThat(failing).isNotNull();
            add.set(Target.constant(1));
        }
        assertThat(changes).extracting(PatchChange::key).containsExactly(SUBJECT + "add(int,int)");
        assertThat(add()).isEqualTo(1);
        anInt.reset();
    }

    @Test
    void aNativeImageRefusesInOneLine() {
        PatchableMethod add = woven.patchable(Subject.class, "add");
        System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
        try {
            assertThatExceptionOfType(PatchException.class)
                    .isThrownBy(() -> add.set(Target.constant(1)))
                    .withMessage(
                            "a native image cannot be patched while it runs; decide before it is built: repoint patch"
                                    + " JAR KEY=TARGET --direct -o OUT");
            assertThatExceptionOfType(PatchException.class)
                    .isThrownBy(() -> Repoint.policy(NAME, SUBJECT + "add = constant:1"));
        } finally {
            System.clearProperty("org.graalvm.nativeimage.imagecode");
        }
        assertThat(add()).isEqualTo(13);
    }
}
