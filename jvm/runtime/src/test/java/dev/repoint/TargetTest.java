package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void everyFormIsRead() {
        assertThat(Target.parse("default")).isEqualTo(Target.DEFAULT);
        assertThat(Target.parse(" nothing ")).isEqualTo(Target.nothing());
        assertThat(Target.parse("com.acme.Fast.update")).isEqualTo(new Target.Named("com.acme.Fast", "update", null));
        assertThat(Target.parse(" com.acme.Outer$Fast.update(int,byte[]) "))
                .isEqualTo(new Target.Named("com.acme.Outer$Fast", "update", "(int,byte[])"));
        assertThat(Target.parse("constant:42")).isEqualTo(new Target.Constant("42"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null", "0", "42", "-7", "+1.5e3", "0x10"})
    void aLiteralNeedsNoWord(String text) {
        assertThat(Target.parse(" " + text + " ")).isEqualTo(new Target.Constant(text));
    }

    @Test
    void theBlanksOfAConstantAreKept() {
        assertThat(Target.parse(" constant: a b ")).isEqualTo(new Target.Constant(" a b "));
        assertThat(Target.parse("constant:")).isEqualTo(new Target.Constant(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"default", "nothing", "constant:null", "com.acme.Fast.update", "com.acme.Fast.update(int,byte[])"
            })
    void theTextOfASpecIsWhatWasRead(String text) {
        assertThat(Target.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "update", ".update", "com.acme.Fast.", "com.acme.*", "com.acme.Fast.update(int", "(int)"})
    void anythingElseIsRefusedWithTheForms(String text) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Target.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("write com.acme.Fast.update, default, nothing or constant:VALUE");
    }
}
