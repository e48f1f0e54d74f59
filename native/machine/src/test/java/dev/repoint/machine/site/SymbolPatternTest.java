package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolPatternTest {

    @ParameterizedTest
    @CsvSource({
        "crc32, crc32, true",
        "crc32, crc32c, false",
        "crc32, crc32@ZLIB_1.2, true",
        "crc32@ZLIB_*, crc32@ZLIB_1.2, true",
        "crc32@ZLIB_2, crc32@ZLIB_1.2, false",
        "crc*, crc32, true",
        "*32, crc32, true",
        "c*r*3, crc32, false",
        "c*r*2, crc32, true",
        "*, anything, true",
        "**, util.c:crc32, true",
        "util.c:*, util.c:crc32, true",
        "crc32, util.c:crc32, false",
        "ops+*, ops+8, true",
        "ops+*, ops, false",
        "a*b*a*b, aaabbbaab, true",
        "a*b*a*c, aaabbbaab, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String key, boolean matches) {
        assertThat(SymbolPattern.parse(pattern).matches(NativeKey.parse(key))).isEqualTo(matches);
    }

    @Test
    void aPatternWithoutAStarNamesOneKey() {
        assertThat(SymbolPattern.parse(" crc32 ").isExact()).isTrue();
        assertThat(SymbolPattern.parse("crc*").isExact()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SymbolPattern.parse(" "));
    }
}
