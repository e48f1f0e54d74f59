package dev.repoint.machine.trap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrapLayoutTest {

    private static final int SITES = 100_000;
    private static final int SLOTS = 1 << 18;
    private static final long TEXT = 0x7f12_3456_1003L;

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 12, 16, 64, 4096, 65536})
    void sitesAreFoundInAFewStepsHoweverDenseTheyAre(int distance) {
        boolean[] taken = new boolean[SLOTS];
        long steps = 0;
        for (int i = 0; i < SITES; i++) {
            int slot = (int) TrapLayout.slot(TEXT + (long) i * distance, SLOTS - 1);
            for (; taken[slot]; slot = slot + 1 & SLOTS - 1) {
                steps++;
            }
            taken[slot] = true;
        }
        assertThat((double) steps / SITES).isLessThan(8);
    }
}
