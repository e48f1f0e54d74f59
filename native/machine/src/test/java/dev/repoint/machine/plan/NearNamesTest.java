package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.mangling.NearNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {

    @Test
    void theNearestNamesAreGivenFirst() {
        assertThat(NearNames.to("crc23", List.of("adler32", "crc32", "crc64", "crc2")))
                .containsExactly("crc2", "crc32", "crc64");
        assertThat(NearNames.question("crc23", List.of("crc32", "crc2"))).isEqualTo("; did you mean crc2 or crc32?");
    }

    @Test
    void whatResemblesNothingGetsNoSuggestion() {
        assertThat(NearNames.question("deflate", List.of("crc32", "x"))).isEmpty();
    }
}
