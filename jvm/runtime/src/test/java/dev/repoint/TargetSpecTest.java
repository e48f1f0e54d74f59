package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSpecTest {

    @Test
    void everyFormIsRead() {
        assertThat(TargetSpec.parse("default")).isEqualTo(new TargetSpec.Default());
        assertThat(TargetSpec.parse(" nothing ")).isEqualTo(new TargetSpec.Nothing());
        assertThat(TargetSpec.parse("com.acme.Fast.update"))
                .isEqualTo(new TargetSpec.Named("com.acme.Fast", "update", null));
        assertThat(TargetSpec.parse(" com.acme.Outer$Fast.update(int,byte[]) "))
                .isEqualTo(new TargetSpec.Named("com.acme.Outer$Fast", "update", "(int,byte[])"));
        assertThat(TargetSpec.parse("constant:42")).isEqualTo(new TargetSpec.Constant("42"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null", "0", "42", "-7", "+1.5e3", "0x10"})
    void aLiteralNeedsNoWord(String text) {
        assertThat(TargetSpec.parse(" " + text + " ")).isEqualTo(new TargetSpec.Constant(text));
    }

    @Test
    void theBlanksOfAConstantAreKept() {
        assertThat(TargetSpec.parse(" constant: a b ")).isEqualTo(new TargetSpec.Constant(" a b "));
        assertThat(TargetSpec.parse("constant:")).isEqualTo(new TargetSpec.Constant(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"default", "nothing", "constant:null", "com.acme.Fast.update", "com.acme.Fast.update(int,byte[])"
            })
    void theTextOfASpecIsWhatWasRead(String text) {
        assertThat(TargetSpec.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "update", ".update", "com.acme.Fast.", "com.acme.*", "com.acme.Fast.update(int", "(int)"})
    void anythingElseIsRefusedWithTheForms(String text) {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> TargetSpec.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("write com.acme.Fast.update, default, nothing or constant:VALUE");
    }
}
