package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Subject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Patches where hardly any stack is left: the error may come between any two of their steps, and must leave
/// all as it was or all as it was to be.
class DeepPatchTest {

    private static final int TRIES = 2_000;

    private final Woven woven = new Woven();
    private final PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
    private final PatchableMethod aLong = woven.patchable(Subject.class, "aLong");
    private final Patch on = new Patch().set(anInt, Target.constant(1)).set(aLong, Target.constant(1L));
    private final Patch off = new Patch().set(anInt, Target.DEFAULT).set(aLong, Target.DEFAULT);

    private int tries;
    private int overflows;
    private int made;
    private boolean isOn;

    private List<Object> results() {
        return List.of(woven.call(Subject.class, "anInt"), woven.call(Subject.class, "aLong"));
    }

    /// Fills the stack, and then patches on the way up, where there is a little more of it each time.
    @SuppressWarnings("InfiniteRecursion") // the stack has to end
    private void descend() {
        try {
            descend();
        } catch (StackOverflowError full) {
            if (tries < TRIES) {
                tries++;
                try {
                    (isOn ? off : on).apply();
                    isOn = !isOn;
                    made++;
                } catch (StackOverflowError e) {
                    overflows++;
                }
                throw full;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void anErrorLeavesAllAsItWasOrAllAsItWasToBe(Mode mode) throws InterruptedException {
        anInt.mode(mode);
        aLong.mode(mode);
        on.apply();
        off.apply();
        assertThat(results()).containsExactly(0, 0L);
        for (int round = 0; round < 20; round++) {
            tries = 0;
            Thread deep = new Thread(null, this::descend, "deep", (1 << 20) + 64 * round);
            deep.setUncaughtExceptionHandler((thread, e) -> {});
            deep.start();
            deep.join();
            assertThat(results()).isEqualTo(isOn ? List.of(1, 1L) : List.of(0, 0L));
        }
        assertThat(overflows).isPositive();
        assertThat(made).isPositive();

        on.apply();
        assertThat(results()).containsExactly(1, 1L);
        off.apply();
        assertThat(results()).containsExactly(0, 0L);
        assertThat(anInt.state().mode()).isEqualTo(mode);
        assertThat(aLong.state().mode()).isEqualTo(mode);
    }
}
