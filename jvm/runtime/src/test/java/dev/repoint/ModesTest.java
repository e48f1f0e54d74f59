package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Subject;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The two modes, and what is counted.
class ModesTest {

    private final Woven woven = new Woven();

    @Test
    void aMethodIsInConstantModeUnlessItSaysOtherwise() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        woven.call(Subject.class, "anInt");
        assertThat(anInt.mode()).isEqualTo(Mode.CONSTANT);

        woven.call(Subject.class, "polled", 1);
        assertThat(woven.patchable(Subject.class, "polled").mode()).isEqualTo(Mode.POINTER);
    }

    @Test
    void pointerModeIsDeclaredByTheAnnotation() {
        PatchableMethod polled = woven.patchable(Subject.class, "polled");
        assertThat(woven.call(Subject.class, "polled", 3)).isEqualTo(3);

        polled.set(Target.of(IntUnaryOperator.class, value -> -value));
        assertThat(woven.call(Subject.class, "polled", 3)).isEqualTo(-3);
        polled.reset();
        assertThat(woven.call(Subject.class, "polled", 3)).isEqualTo(3);
        assertThat(polled.mode()).isEqualTo(Mode.POINTER);
    }

    @Test
    void aTargetThatIsSetBeforeTheFirstCallHoldsInPointerModeToo() {
        PatchableMethod polled = woven.patchable(Subject.class, "polled");
        polled.set(Target.of(IntUnaryOperator.class, value -> -value));
        assertThat(woven.call(Subject.class, "polled", 3)).isEqualTo(-3);
    }

    @Test
    void aModeThatIsChosenBeforeTheFirstCallIsNotTakenBackByTheLink() {
        PatchableMethod polled = woven.patchable(Subject.class, "polled");
        polled.mode(Mode.CONSTANT);
        woven.call(Subject.class, "polled", 3);
        assertThat(polled.mode()).isEqualTo(Mode.CONSTANT);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theTargetStaysWhenTheModeChanges(Mode first) {
        Mode other = first == Mode.CONSTANT ? Mode.POINTER : Mode.CONSTANT;
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        anInt.mode(first);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        anInt.mode(other);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);

        anInt.set(Target.of(IntSupplier.class, () -> 1));
        anInt.mode(first);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(1);
        anInt.mode(other);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(1);

        anInt.reset();
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        anInt.mode(first);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        assertThat(anInt.mode()).isEqualTo(first);
    }

    @Test
    void overridesWorkInPointerMode() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        anInt.mode(Mode.POINTER);
        try (OverrideScope scope = anInt.override(Target.of(IntSupplier.class, () -> 1))) {
            assertThat(scope).isNotNull();
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(1);
            anInt.mode(Mode.CONSTANT);
            assertThat(woven.call(Subject.class, "anInt")).isEqualTo(1);
        }
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
    }

    @Test
    void linksAndChangesAreCounted() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        assertThat(anInt.state().links()).isZero();
        woven.call(Subject.class, "anInt");
        woven.call(Subject.class, "anInt");
        assertThat(anInt.state().links()).isEqualTo(1);

        assertThat(anInt.state().changes()).isZero();
        anInt.set(Target.constant(1));
        anInt.set(Target.constant(2));
        anInt.reset();
        assertThat(anInt.state().changes()).isEqualTo(3);
        anInt.mode(Mode.POINTER);
        assertThat(anInt.state().changes()).isEqualTo(3);
    }

    @Test
    void aSnapshotSaysItAll() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        woven.call(Subject.class, "anInt");
        anInt.set(Target.constant(1));

        assertThat(anInt.state())
                .isEqualTo(new PatchableState(
                        new Key("dev.repoint.fixture.Subject", "anInt", "()I"),
                        "constant:1",
                        Mode.CONSTANT,
                        "",
                        1,
                        1,
                        woven.toString(),
                        ""));
        assertThat(Repoint.states()).contains(anInt.state());
    }

    @Test
    void theStatesAreOrderedByKey() {
        woven.call(Subject.class, "anInt");
        woven.call(Subject.class, "aLong");
        woven.call(Subject.class, "add", 1, 2);
        var keys = Repoint.states().stream().map(PatchableState::key).toList();

        assertThat(keys).isSorted();
        assertThat(Repoint.states().stream().filter(state -> state.loader().equals(woven.toString())))
                .extracting(state -> state.key().name())
                .containsExactly("aLong", "add", "anInt");
    }
}
