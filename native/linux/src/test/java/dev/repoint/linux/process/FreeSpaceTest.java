package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.linux.ledger.FreeSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentsTest {

    private static final List<long[]> TAKEN = List.of(new long[] {164, 10}, new long[] {100, 20}, new long[] {9000, 8});

    @Test
    void theFirstGapThatFitsIsGiven() {
        assertThat(FreeSpace.free(TAKEN, 64, 256, 36)).isEqualTo(64);
        assertThat(FreeSpace.free(TAKEN, 64, 256, 44)).isEqualTo(120);
        assertThat(FreeSpace.free(TAKEN, 64, 256, 80)).isEqualTo(176);
        assertThat(FreeSpace.free(TAKEN, 64, 256, 81)).isZero();
    }
}
