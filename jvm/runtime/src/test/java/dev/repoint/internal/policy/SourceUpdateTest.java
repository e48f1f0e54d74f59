package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Woven;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Threads;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A change of the policy is one patch, for patchables that are linked in the middle of it too.
class SourceUpdateTest {

    private static final int ROUNDS = 400;

    @AfterEach
    void noPolicy() {
        apply("");
    }

    private static void apply(String text) {
        int unused = SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.parse("p", text));
    }

    private static String of(int number) {
        String subject = Subject.class.getName();
        return subject + ".anInt = constant:" + number + "\n" + subject + ".aLong = constant:" + number;
    }

    /// What a thread sees of two patchables, one after the other, that it links itself, or finds linked.
    private static int[] seen(Woven woven, boolean reversed) {
        int first = number(woven, reversed ? "aLong" : "anInt");
        return new int[] {first, number(woven, reversed ? "anInt" : "aLong")};
    }

    private static int number(Woven woven, String name) {
        return ((Number) woven.call(Subject.class, name)).intValue();
    }

    @Test
    void noThreadSeesTheNewPolicyAndThenTheOldOne() throws Exception {
        try (Threads threads = new Threads(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                int before = 2 * round;
                apply(of(before));
                Woven woven = new Woven();
                woven.copy(Subject.class);
                if (round % 3 == 0) {
                    assertThat(number(woven, "anInt")).isEqualTo(before);
                }
                CyclicBarrier start = new CyclicBarrier(3);
                boolean reversed = round % 2 == 0;
                Future<int[]> one = threads.submit(() -> {
                    start.await();
                    return seen(woven, reversed);
                });
                Future<int[]> other = threads.submit(() -> {
                    start.await();
                    return seen(woven, !reversed);
                });
                start.await();
                apply(of(before + 1));
                for (int[] numbers : new int[][] {one.get(), other.get()}) {
                    assertThat(numbers[0]).isBetween(before, before + 1);
                    assertThat(numbers[1]).as("after %d", numbers[0]).isBetween(numbers[0], before + 1);
                }
                assertThat(seen(woven, reversed)).containsExactly(before + 1, before + 1);
            }
        }
    }
}
