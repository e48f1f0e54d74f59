package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Caller;
import dev.repoint.fixture.Failing;
import dev.repoint.fixture.Journal;
import dev.repoint.fixture.Noisy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Patches of several: whole or not at all.
public class PatchTest {

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");
    private final PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
    private final PatchableMethod aLong = woven.patchable(Subject.class, "aLong");
    private final PatchableMethod log = woven.patchable(Subject.class, "log");

    private List<Object> results() {
        List<String> logged = new ArrayList<>();
        woven.call(Subject.class, "log", logged);
        return List.of(
                woven.call(Subject.class, "add", 6, 7),
                woven.call(Subject.class, "anInt"),
                woven.call(Subject.class, "aLong"),
                logged);
    }

    private static final List<Object> DEFAULTS = List.of(13, 0, 0L, List.of("default"));

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyKindOfTargetCanBePartOfAPatch(Mode mode) {
        List.of(add, anInt, aLong, log).forEach(each -> each.mode(mode));
        new Patch()
                .set(add, Target.method(woven.copy(Targets.class), "multiply"))
                .set(anInt, Target.constant(5))
                .set(aLong, Target.of(LongSupplier.class, () -> 6))
                .set(log, Target.nothing())
                .apply();
        assertThat(results()).isEqualTo(List.of(42, 5, 6L, List.of()));

        MethodHandle seven = MethodHandles.dropArguments(MethodHandles.constant(int.class, 7), 0, int.class, int.class);
        new Patch()
                .set(add, Target.of(seven))
                .set(anInt, Target.parse("constant:8"))
                .set(aLong, Target.DEFAULT)
                .apply();
        assertThat(results()).isEqualTo(List.of(7, 8, 0L, List.of()));

        new Patch()
                .set(add, Target.DEFAULT)
                .set(anInt, Target.DEFAULT)
                .set(log, Target.DEFAULT)
                .apply();
        assertThat(results()).isEqualTo(DEFAULTS);
        assertThat(List.of(add, anInt, aLong, log))
                .allSatisfy(each -> assertThat(each.mode()).isEqualTo(mode));
    }

    @Test
    void aPatchBeforeTheFirstCallHolds() {
        new Patch()
                .set(anInt, Target.constant(1))
                .set(aLong, Target.constant(2L))
                .apply();
        assertThat(results()).isEqualTo(List.of(13, 1, 2L, List.of("default")));
    }

    @Test
    void eachChangeIsCountedOnce() {
        new Patch()
                .set(anInt, Target.constant(1))
                .set(aLong, Target.constant(2L))
                .apply();
        new Patch().set(anInt, Target.constant(1)).apply();
        assertThat(anInt.state().changes()).isEqualTo(2);
        assertThat(aLong.state().changes()).isEqualTo(1);
        assertThat(add.state().changes()).isZero();
    }

    @Test
    void aPatchThatIsRefusedChangesNothingAndNamesTheKey() {
        anInt.set(Target.constant(3));
        Patch patch = new Patch()
                .set(anInt, Target.constant(5))
                .set(aLong, Target.constant(6L))
                .set(add, Target.method(woven.copy(Targets.class), "wrong"));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(patch::apply)
                .withMessage("dev.repoint.fixture.Subject.add(int,int) has the type (int,int)int, the target"
                        + " dev.repoint.fixture.Targets.wrong has (int,long)long; give a target of the same type");
        assertThatExceptionOfType(PatchException.class).isThrownBy(patch::override);
        assertThat(results()).isEqualTo(List.of(13, 3, 0L, List.of("default")));
        assertThat(anInt.state().changes()).isEqualTo(1);
        assertThat(aLong.state().changes()).isZero();
    }

    @Test
    void aTargetWhoseClassCannotBeInitialisedRefusesThePatch() {
        Patch patch =
                new Patch().set(anInt, Target.constant(5)).set(add, Target.method(woven.copy(Failing.class), "add"));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(patch::apply)
                .withMessageContaining("dev.repoint.fixture.Failing, cannot be initialised");
        assertThat(results()).isEqualTo(DEFAULTS);
    }

    @Test
    void aPatchableThatIsNamedTwiceIsRefused() {
        Patch patch = new Patch()
                .set(anInt, Target.constant(5))
                .set(woven.patchable(Subject.class, "anInt"), Target.constant(6));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(patch::apply)
                .withMessage("dev.repoint.fixture.Subject.anInt() is named twice in a patch; give it one target");
        assertThat(results()).isEqualTo(DEFAULTS);
    }

    @Test
    void aPatchWithoutChangesDoesNothing() {
        new Patch().apply();
        new Patch().override().close();
        assertThat(results()).isEqualTo(DEFAULTS);
    }

    @Test
    void aPatchCanBeAppliedAgain() {
        Patch on = new Patch().set(anInt, Target.constant(5)).set(add, Target.of(IntBinaryOperator.class, (a, b) -> a));
        Patch off = new Patch().set(anInt, Target.DEFAULT).set(add, Target.DEFAULT);
        for (int i = 0; i < 3; i++) {
            on.apply();
            assertThat(results()).isEqualTo(List.of(6, 5, 0L, List.of("default")));
            off.apply();
            assertThat(results()).isEqualTo(DEFAULTS);
        }
    }

    @Test
    void aSiteAndAnEntryCanBePartOfAPatch() {
        Journal.clear();
        Woven bridged = new Woven(bytes -> Prologue.bridge(bytes, Noisy.class.getName(), "next"));
        assertThat(bridged.call(Caller.class, "next", 1)).isEqualTo(2);
        PatchableMethod next = bridged.patchable(Noisy.class, "next");
        new Patch().set(next, Target.constant(9)).set(anInt, Target.constant(5)).apply();
        assertThat(bridged.call(Caller.class, "next", 1)).isEqualTo(9);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(5);
        new Patch().set(anInt, Target.DEFAULT).set(next, Target.DEFAULT).apply();
        assertThat(bridged.call(Caller.class, "next", 1)).isEqualTo(2);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
    }

    @Test
    void anOverrideOfSeveralEndsAsAWhole() {
        anInt.set(Target.constant(3));
        OverrideScope scope = new Patch()
                .set(anInt, Target.constant(5))
                .set(add, Target.DEFAULT)
                .set(aLong, Target.constant(6L))
                .override();
        assertThat(results()).isEqualTo(List.of(13, 5, 6L, List.of("default")));
        scope.close();
        assertThat(results()).isEqualTo(List.of(13, 3, 0L, List.of("default")));
        scope.close();
        assertThat(anInt.state().changes()).isEqualTo(3);
    }

    @Test
    void overridesOfSeveralNestWithOthers() {
        OverrideScope outer = new Patch()
                .set(anInt, Target.constant(1))
                .set(aLong, Target.constant(1L))
                .override();
        OverrideScope other = anInt.override(Target.of(IntSupplier.class, () -> 2));
        OverrideScope inner = new Patch()
                .set(anInt, Target.constant(3))
                .set(add, Target.constant(3))
                .override();
        assertThat(results()).isEqualTo(List.of(3, 3, 1L, List.of("default")));
        outer.close();
        assertThat(results()).isEqualTo(List.of(3, 3, 0L, List.of("default")));
        inner.close();
        assertThat(results()).isEqualTo(List.of(13, 2, 0L, List.of("default")));
        other.close();
        assertThat(results()).isEqualTo(DEFAULTS);
    }

    @Test
    void aPatchEndsTheOverridesOfItsPatchablesOnly() {
        OverrideScope scope = new Patch()
                .set(anInt, Target.constant(1))
                .set(aLong, Target.constant(1L))
                .override();
        new Patch().set(anInt, Target.constant(7)).apply();
        assertThat(results()).isEqualTo(List.of(13, 7, 1L, List.of("default")));
        scope.close();
        assertThat(results()).isEqualTo(List.of(13, 7, 0L, List.of("default")));
    }

    @Test
    void aPatchThatATargetMakesWhenItIsInitialisedComesFirst() {
        Nested.patch = new Patch().set(anInt, Target.constant(1)).set(aLong, Target.constant(1L));
        new Patch()
                .set(anInt, Target.constant(2))
                .set(add, Target.method(Nested.BoundTarget.class, "sum"))
                .apply();
        assertThat(results()).isEqualTo(List.of(-13, 2, 1L, List.of("default")));
    }

    /// What its target applies when it is initialised.
    public static final class Nested {

        private static Patch patch = new Patch();

        private Nested() {}

        /// The target.
        public static final class BoundTarget {

            static {
                patch.apply();
            }

            private BoundTarget() {}

            /// Like `add`.
            public static int sum(int a, int b) {
                return -a - b;
            }
        }
    }
}
