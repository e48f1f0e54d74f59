package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.machine.site.NativeKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {

    @Test
    void targetsAreNamesOrOneOfThreeWords() {
        assertThat(Change.parse("crc32=fast").target()).isEqualTo(new Target.Symbol("fast"));
        assertThat(Change.parse("crc32=nothing").target()).isEqualTo(new Target.Nothing());
        assertThat(Change.parse("crc32=zero").target()).isEqualTo(new Target.Zero());
        assertThat(Change.parse("crc32=default").target()).isEqualTo(new Target.Default());
    }

    @Test
    void anOffsetThatWasWrittenNamesOnePointer() {
        assertThat(Change.parse("ops=x").word()).isFalse();
        assertThat(Change.parse("ops+0=x").word()).isTrue();
        assertThat(Change.parse("ops+8=x").word()).isTrue();
        assertThat(Change.parse("util.c:ops+0x10=x").key()).isEqualTo(new NativeKey("ops", "", "util.c", 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crc32=fast", "ops+0=nothing", "util.c:ops+16=zero", "crc32@ZLIB_1.2=default"})
    void aChangeIsWrittenAsItWasRead(String text) {
        assertThat(Change.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crc32", "=fast", "crc32=", " = "})
    void whatHasAnotherFormIsRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> Change.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not KEY=TARGET; write ");
    }
}
