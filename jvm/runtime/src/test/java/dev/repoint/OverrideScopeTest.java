package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Subject;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class OverrideScopeTest {

    private final Woven woven = new Woven();
    private final PatchableMethod anInt = woven.patchable(Subject.class, "anInt");

    private Object call() {
        return woven.call(Subject.class, "anInt");
    }

    private OverrideScope override(int value) {
        return anInt.override(Target.of(IntSupplier.class, () -> value));
    }

    @Test
    void anOverrideLastsUntilItIsClosed() {
        try (OverrideScope scope = override(1)) {
            assertThat(scope).isNotNull();
            assertThat(call()).isEqualTo(1);
        }
        assertThat(call()).isEqualTo(0);
        assertThat(anInt.isDefault()).isTrue();
    }

    @Test
    void anOverrideByAHandle() throws ReflectiveOperationException {
        var handle = java.lang.invoke.MethodHandles.constant(int.class, 9);
        try (OverrideScope scope = anInt.override(Target.of(handle))) {
            assertThat(scope).isNotNull();
            assertThat(call()).isEqualTo(9);
        }
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void anOverrideByAText() {
        try (OverrideScope scope = anInt.override(Target.parse("constant:9").in(null))) {
            assertThat(scope).isNotNull();
            assertThat(call()).isEqualTo(9);
            try (OverrideScope inner = anInt.override(Target.parse("default").in(null))) {
                assertThat(inner).isNotNull();
                assertThat(call()).isEqualTo(0);
            }
            assertThat(call()).isEqualTo(9);
        }
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void overridesNest() {
        anInt.set(Target.constant(5));
        OverrideScope outer = override(1);
        OverrideScope inner = override(2);
        assertThat(call()).isEqualTo(2);
        inner.close();
        assertThat(call()).isEqualTo(1);
        outer.close();
        assertThat(call()).isEqualTo(5);
    }

    @Test
    void anOuterOneThatIsClosedFirstIsTakenOutFromBetween() {
        OverrideScope outer = override(1);
        OverrideScope inner = override(2);
        outer.close();
        assertThat(call()).isEqualTo(2);
        inner.close();
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void theMiddleOneOfThree() {
        OverrideScope first = override(1);
        OverrideScope second = override(2);
        OverrideScope third = override(3);
        second.close();
        assertThat(call()).isEqualTo(3);
        third.close();
        assertThat(call()).isEqualTo(1);
        first.close();
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void closingTwiceDoesNothing() {
        OverrideScope outer = override(1);
        OverrideScope inner = override(2);
        inner.close();
        long changes = anInt.state().changes();
        inner.close();
        assertThat(call()).isEqualTo(1);
        assertThat(anInt.state().changes()).isEqualTo(changes);
        outer.close();
        outer.close();
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void aTargetThatWasSetMeanwhileStays() {
        OverrideScope scope = override(1);
        anInt.set(Target.constant(7));
        assertThat(call()).isEqualTo(7);
        scope.close();
        assertThat(call()).isEqualTo(7);
    }

    @Test
    void aResetEndsAllOverrides() {
        OverrideScope outer = override(1);
        OverrideScope inner = override(2);
        anInt.reset();
        assertThat(call()).isEqualTo(0);
        inner.close();
        outer.close();
        assertThat(call()).isEqualTo(0);
        assertThat(anInt.isDefault()).isTrue();
    }

    @Test
    void anOverrideAfterASetGoesBackToIt() {
        OverrideScope old = override(1);
        anInt.set(Target.constant(7));
        OverrideScope young = override(2);
        old.close();
        assertThat(call()).isEqualTo(2);
        young.close();
        assertThat(call()).isEqualTo(7);
    }

    @Test
    void anOverrideThatIsRefusedChangesNothing() {
        OverrideScope scope = override(1);
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> anInt.override(Target.of(LongSupplier.class, () -> 2)));
        assertThat(call()).isEqualTo(1);
        scope.close();
        assertThat(call()).isEqualTo(0);
    }

    @Test
    void everyOpeningAndClosingCountsAsAChange() {
        try (OverrideScope scope = override(1)) {
            assertThat(scope).isNotNull();
            assertThat(anInt.state().changes()).isEqualTo(1);
        }
        assertThat(anInt.state().changes()).isEqualTo(2);
    }
}
