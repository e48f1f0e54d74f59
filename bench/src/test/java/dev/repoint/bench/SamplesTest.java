package dev.repoint.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void theMedianIsTheMiddleOneWhateverTheOrder() {
        assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
        assertThat(new Samples(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3.0);
    }

    @Test
    void aRatioIsTakenWithinARound() {
        Samples slowSecondRound = new Samples(List.of(2.0, 20.0, 2.0));
        Samples base = new Samples(List.of(1.0, 10.0, 1.0));

        Samples ratio = slowSecondRound.over(base);

        assertThat(ratio.values()).containsExactly(2.0, 2.0, 2.0);
        assertThat(ratio.min()).isEqualTo(2.0);
        assertThat(ratio.max()).isEqualTo(2.0);
    }

    @Test
    void differentNumbersOfRoundsAreNotCompared() {
        Samples two = new Samples(List.of(1.0, 2.0));
        Samples one = new Samples(List.of(1.0));

        assertThatThrownBy(() -> two.over(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rounds against 1");
    }
}
