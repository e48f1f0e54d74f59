package dev.repoint.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void ofAHundredOneIsLongerThanTheP99() {
        List<Long> values =
                new ArrayList<>(LongStream.rangeClosed(1, 100).boxed().toList());
        Collections.shuffle(values, new Random(1));

        assertThat(Quantiles.of(values)).isEqualTo(new Quantiles(50, 99, 100));
    }

    @Test
    void ofFewTheP99IsTheLongest() {
        assertThat(Quantiles.of(List.of(30L, 10L, 20L))).isEqualTo(new Quantiles(20, 30, 30));
        assertThat(Quantiles.of(List.of(7L))).isEqualTo(new Quantiles(7, 7, 7));
    }
}
