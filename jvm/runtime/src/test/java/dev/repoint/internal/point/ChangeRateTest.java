package dev.repoint.internal.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When constants do not pay.
class ChangeRateTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final Thresholds THRESHOLDS = new Thresholds(20, Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final ChangeRate rate = new ChangeRate();

    /// How many changes at a rate it takes until constants no longer pay; at most a thousand.
    private int changesUntilFull(long interval, long cost, Thresholds thresholds) {
        for (int i = 1; i <= 1_000; i++) {
            if (rate.isFullAfter(i * interval, cost, thresholds)) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void twentyChangesAtOnceAreOften() {
        assertThat(changesUntilFull(1, 0, THRESHOLDS)).isBetween(20, 21);
        assertThat(rate.isCostly()).isFalse();
    }

    @Test
    void changesThatComeSlowerThanTheyDrainAreNot() {
        assertThat(changesUntilFull(SECOND / 3, 0, THRESHOLDS)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void changesThatComeFasterThanTheyDrainAreInTheEnd() {
        assertThat(changesUntilFull(SECOND / 8, 0, THRESHOLDS)).isBetween(20, 50);
    }

    @Test
    void aCostlyChangeCountsForSeveral() {
        assertThat(changesUntilFull(SECOND, 12 * MILLI, THRESHOLDS)).isBetween(2, 4);
        assertThat(rate.isCostly()).isTrue();
    }

    @Test
    void oneChangeAloneIsNeverOften() {
        assertThat(rate.isFullAfter(1, 100 * SECOND, THRESHOLDS)).isFalse();
    }

    @Test
    void costlyChangesThatAreFarBetweenAreNot() {
        assertThat(changesUntilFull(5 * SECOND, 12 * MILLI, THRESHOLDS)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aThresholdOfZeroIsNever() {
        Thresholds never = new Thresholds(0, Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(changesUntilFull(1, 12 * MILLI, never)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void afterwardsItBeginsAnew() {
        changesUntilFull(1, 12 * MILLI, THRESHOLDS);
        rate.empty();
        assertThat(changesUntilFull(1, 0, THRESHOLDS)).isBetween(20, 21);
        assertThat(rate.isCostly()).isFalse();
    }
}
