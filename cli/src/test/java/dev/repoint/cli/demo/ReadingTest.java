package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadingTest {

    @Test
    void theLineOfTheServiceIsRead() {
        assertThat(Reading.parse("nanos=100163211 cpu=195212000 calls=91234 wrong=1 longest=5170021 dropin=7"))
                .isEqualTo(new Reading(100163211, 195212000, 91234, 1, 5170021, 7, false));
        assertThat(Reading.parse("nanos=1 cpu=4 calls=2 wrong=0 longest=3 dropin=0 marked")
                        .marked())
                .isTrue();
    }

    @Test
    void anotherLineIsRefusedAndShown() {
        assertThatThrownBy(() -> Reading.parse("Exception in thread")).hasMessageContaining("'Exception in thread'");
    }
}
