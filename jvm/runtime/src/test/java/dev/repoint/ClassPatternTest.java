package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPatternTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Crc,      com.acme.Crc,         true",
        "com.acme.Crc,      com.acme.Crc$Table,   false",
        "com.acme.Crc*,     com.acme.Crc$Table,   true",
        "com.acme.*,        com.acme.Crc,         true",
        "com.acme.*,        com.acme.sub.Crc,     false",
        "com.acme.*,        com.acme.,            true",
        "com.acme.**,       com.acme.sub.Crc,     true",
        "com.acme.**,       com.acme.Crc,         true",
        "com.acme.**,       com.acmes.Crc,        false",
        "**.Crc,            com.acme.Crc,         true",
        "**.Crc,            Crc,                  false",
        "**Crc,             Crc,                  true",
        "com.**.Crc,        com.acme.sub.Crc,     true",
        "com.**.Crc,        com.Crc,              false",
        "c*.a*.C*c,         com.acme.Crc,         true",
        "**,                Crc,                  true",
        "*,                 com.acme.Crc,         false"
    })
    void aPatternMatchesTheWholeName(String pattern, String name, boolean matches) {
        assertThat(ClassPattern.parse(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void blanksAroundItAreDropped() {
        assertThat(ClassPattern.parse(" com.acme.** ")).isEqualTo(ClassPattern.parse("com.acme.**"));
        assertThat(ClassPattern.parse("com.acme.**")).hasToString("com.acme.**");
    }

    @Test
    void aLongNameAgainstManyWildcardsIsAnsweredAtOnce() {
        String name = "a".repeat(200);
        assertThat(ClassPattern.parse("*a".repeat(12) + "*b").matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "com/acme", "com.acme.Crc()", "a,b", "a;b", "byte[]", "a b"})
    void whatNoClassIsNamedIsRefusedWithTheForm(String text) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> ClassPattern.parse(text))
                .withMessageContaining("write com.acme.Crc, com.acme.* or com.acme.**");
    }
}
