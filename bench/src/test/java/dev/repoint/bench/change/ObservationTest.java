package dev.repoint.bench.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000 * MICRO;
    private static final long START = 50 * MILLI;
    private static final long NOW = 200 * MILLI;

    @Test
    void aDipIsMeasuredFromTheStartOfTheChangeToItsEnd() {
        // A tenth of the speed for five milliseconds: four and a half are lost.
        Timeline timeline = timeline(START, START + 5 * MILLI, 100 * MICRO);

        Observation seen = Observation.of(timeline, START, START + MILLI, NOW);

        assertThat(seen.seen()).isTrue();
        assertThat(seen.returned()).isEqualTo(MILLI);
        assertThat(seen.fullSpeed()).isCloseTo(5 * MILLI, within(300 * MICRO));
        assertThat(seen.lost()).isCloseTo(4.5 * MILLI, within(0.2 * MILLI));
    }

    @Test
    void aChangeThatDisturbsNobodyLosesNothing() {
        Timeline timeline = timeline(START, START, 100 * MICRO);

        Observation seen = Observation.of(timeline, START, START + 3 * MICRO, NOW);

        assertThat(seen.fullSpeed()).isEqualTo(3 * MICRO);
        assertThat(seen.lost()).isCloseTo(0, within(0.01 * MILLI));
    }

    @Test
    void aMachineThatNeverComesToRestIsToldApart() {
        Timeline timeline = new Timeline();
        for (long at = 0; at < NOW; at += 10 * MICRO) {
            boolean preempted = at / MILLI % 8 == 0;
            if (!preempted) {
                timeline.note(at);
            }
        }

        Observation seen = Observation.of(timeline, START, START + MILLI, NOW);

        assertThat(seen.seen()).isFalse();
        assertThat(seen.fullSpeed()).isEqualTo(NOW - START);
    }

    @Test
    void whatAForkPrintsIsReadAsItWas() {
        Observation seen = new Observation(1, 2, 0.5, true);

        assertThat(Observation.isLine(seen.line())).isTrue();
        assertThat(Observation.parse(seen.line())).isEqualTo(seen);
    }

    /// Moments every ten microseconds, but at another distance from `from` until `to`.
    private static Timeline timeline(long from, long to, long distance) {
        Timeline timeline = new Timeline();
        long at = 0;
        while (at < NOW) {
            timeline.note(at);
            at += at >= from && at < to ? distance : 10 * MICRO;
        }
        return timeline;
    }
}
