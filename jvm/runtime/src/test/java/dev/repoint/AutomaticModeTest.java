package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Subject;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Patchables that are changed often move to pointer mode by themselves, and back. The build sets
/// `repoint.pointer.quiet` to a fraction of a second.
@Timeout(60)
class AutomaticModeTest {

    private static final int OFTEN = 50;

    private final Woven woven = new Woven();
    private final PatchableMethod anInt = woven.patchable(Subject.class, "anInt");

    private static void changeOften(PatchableMethod anInt) {
        for (int i = 1; i <= OFTEN; i++) {
            anInt.set(Target.constant(i));
        }
    }

    private static void awaitConstant(PatchableMethod patchable) {
        while (patchable.mode() == Mode.POINTER) {
            Thread.onSpinWait();
        }
    }

    private static boolean isWatching() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("repoint-watch"));
    }

    @Test
    void aFewChangesLeaveItInConstantMode() {
        anInt.set(Target.constant(1));
        anInt.reset();
        assertThat(anInt.mode()).isEqualTo(Mode.CONSTANT);
        assertThat(anInt.state().modeReason()).isEmpty();
    }

    @Test
    void oneThatIsChangedOftenMovesToPointerModeAndBackWhenItIsQuiet() {
        woven.call(Subject.class, "anInt");
        changeOften(anInt);
        PatchableState state = anInt.state();
        assertThat(state.mode()).isEqualTo(Mode.POINTER);
        assertThat(state.modeReason()).isIn("often changed", "costly to change");
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(OFTEN);
        anInt.set(Target.constant(-1));
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(-1);

        awaitConstant(anInt);
        assertThat(anInt.state().modeReason()).isEmpty();
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(-1);
        anInt.reset();
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        assertThat(anInt.mode()).isEqualTo(Mode.CONSTANT);
    }

    @Test
    void itMovesAgainWhenItIsChangedOftenAgain() {
        for (int round = 0; round < 2; round++) {
            changeOften(anInt);
            assertThat(anInt.mode()).isEqualTo(Mode.POINTER);
            awaitConstant(anInt);
        }
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(OFTEN);
    }

    @Test
    void theChangesOfPatchesCountAsWell() {
        PatchableMethod aLong = woven.patchable(Subject.class, "aLong");
        for (int i = 1; i <= OFTEN; i++) {
            new Patch()
                    .set(anInt, Target.constant(i))
                    .set(aLong, Target.constant((long) i))
                    .apply();
        }
        assertThat(anInt.mode()).isEqualTo(Mode.POINTER);
        assertThat(aLong.mode()).isEqualTo(Mode.POINTER);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(OFTEN);
        assertThat(woven.call(Subject.class, "aLong")).isEqualTo((long) OFTEN);
    }

    @Test
    void aModeThatWasChosenIsNotOverruled() {
        anInt.mode(Mode.CONSTANT);
        changeOften(anInt);
        assertThat(anInt.mode()).isEqualTo(Mode.CONSTANT);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(OFTEN);
    }

    @Test
    void aModeThatIsChosenLaterHolds() {
        changeOften(anInt);
        anInt.mode(Mode.POINTER);
        assertThat(anInt.state().modeReason()).isEmpty();
        while (isWatching()) {
            Thread.onSpinWait();
        }
        assertThat(anInt.mode()).isEqualTo(Mode.POINTER);
    }

    @Test
    void aModeThatWasDeclaredStays() {
        PatchableMethod polled = woven.patchable(Subject.class, "polled");
        woven.call(Subject.class, "polled", 1);
        for (int i = 1; i <= OFTEN; i++) {
            polled.set(Target.constant(i));
        }
        while (isWatching()) {
            Thread.onSpinWait();
        }
        assertThat(polled.mode()).isEqualTo(Mode.POINTER);
        assertThat(polled.state().modeReason()).isEmpty();
    }

    @Test
    void theThreadThatWatchesEndsWhenThereIsNothingToWatch() {
        changeOften(anInt);
        assertThat(isWatching()).isTrue();
        while (isWatching()) {
            Thread.onSpinWait();
        }
        assertThat(anInt.mode()).isEqualTo(Mode.CONSTANT);
    }

    /// Drops a loader while one of its patchables is watched.
    private static WeakReference<ClassLoader> dropped() {
        Woven dropped = new Woven();
        changeOften(dropped.patchable(Subject.class, "anInt"));
        return new WeakReference<>(dropped);
    }

    @Test
    void aLoaderOfAWatchedPatchableIsCollected() {
        WeakReference<ClassLoader> loader = dropped();
        while (loader.get() != null) {
            System.gc();
            changeOften(anInt); // so that the thread that watches lives
        }
        assertThat(isWatching()).isTrue();
    }
}
