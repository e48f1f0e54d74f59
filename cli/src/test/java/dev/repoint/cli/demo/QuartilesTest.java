package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuartilesTest {

    @Test
    void itIsTheMedianBetweenTheQuartiles() {
        List<Sample> samples = LongStream.of(50, 10, 40, 20, 30)
                .mapToObj(calls ->
                        new Sample(Phase.BEFORE, Reading.ZERO, new Reading(1_000_000_000, 0, calls, 0, 0, 0, false)))
                .toList();

        assertThat(Quartiles.of(samples, Sample::throughput)).isEqualTo(new Quartiles(20, 30, 40));
    }

    @Test
    void ofNothingItIsNoNumber() {
        assertThat(Quartiles.of(List.of(), Sample::throughput).median()).isNaN();
    }

    @Test
    void aRatioLiesBetweenTheRatiosOfOppositeQuartiles() {
        Quartiles ratio = new Quartiles(190, 200, 220).dividedBy(new Quartiles(90, 100, 110));

        assertThat(ratio.low()).isCloseTo(190 / 110.0, within(1e-9));
        assertThat(ratio.median()).isEqualTo(2);
        assertThat(ratio.high()).isCloseTo(220 / 90.0, within(1e-9));
    }
}
