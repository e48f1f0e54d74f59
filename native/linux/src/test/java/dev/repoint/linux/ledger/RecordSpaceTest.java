package dev.repoint.linux.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSpaceTest {

    private static final List<long[]> CHUNK = List.of(new long[] {64, 256});

    @Test
    void theEndIsGivenFirstAndThenTheFirstGapThatFits() {
        RecordSpace space = new RecordSpace();
        space.take(9000, 8);
        space.take(164, 10);
        space.take(100, 20);
        assertThat(space.free(CHUNK, 80)).isEqualTo(176);
        assertThat(space.free(CHUNK, 81)).isZero();
        space.take(176, 80);
        assertThat(space.free(CHUNK, 36)).isEqualTo(64);
        assertThat(space.free(CHUNK, 44)).isEqualTo(120);
        assertThat(space.free(CHUNK, 45)).isZero();
    }

    @Test
    void whatIsGivenBackIsFree() {
        RecordSpace space = new RecordSpace();
        space.take(64, 100);
        space.take(168, 88);
        assertThat(space.free(CHUNK, 8)).isZero();
        space.release(64);
        assertThat(space.free(CHUNK, 104)).isEqualTo(64);
        assertThat(space.free(CHUNK, 105)).isZero();
    }
}
