package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @Test
    void whatIsSafeStaysTheSameObject() {
        String text = "acme.Crc.`größe, 価格 \\ 😀`(int,byte[])";
        assertThat(SafeText.of(text)).isSameAs(text);
        assertThat(SafeText.of("")).isEmpty();
    }

    @Test
    void aTextIsOneLineThatMovesNoCursor() {
        assertThat(SafeText.of("a\nWARNING: forged\r\tb")).isEqualTo("a\\nWARNING: forged\\r\\tb");
        assertThat(SafeText.of("\u001b[2J\u001b]0;title\u0007")).isEqualTo("\\u001b[2J\\u001b]0;title\\u0007");
    }

    @ParameterizedTest
    @CsvSource({
        "0000, nul", "001b, escape", "007f, delete", "0085, next line", "009b, the introducer of one byte",
        "061c, Arabic letter mark", "200e, left to right", "200f, right to left", "2028, line", "2029, paragraph",
        "202a, embedding", "202e, override", "2066, isolate", "2069, end of an isolate", "d800, half a pair",
        "dc00, the other half"
    })
    void whatIsNotSafeIsShownByItsCode(String code, String name) {
        String text = "a" + (char) Integer.parseInt(code, 16) + "b";
        assertThat(SafeText.of(text)).as(name).isEqualTo("a\\u" + code + "b");
    }

    @Test
    void halfAPairAtTheEndIsShownByItsCode() {
        assertThat(SafeText.of("a\ud83d")).isEqualTo("a\\ud83d");
    }
}
