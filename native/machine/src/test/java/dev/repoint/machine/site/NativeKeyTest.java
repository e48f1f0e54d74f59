package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crc32",
                "crc32@ZLIB_1.2",
                "util.c:crc32",
                "util.c#2:crc32",
                "ops+8",
                "util.c:ops+16",
                "_ZN4acme3CrcC2Ev",
                "foo.constprop.0",
                "a+b",
                "$x"
            })
    void aTextIsTheTextOfItsKey(String text) {
        assertThat(NativeKey.parse(text).text()).isEqualTo(text);
        assertThat(NativeKey.parse(text)).hasToString(text);
    }

    @Test
    void thePartsAreWhatTheySay() {
        assertThat(NativeKey.parse("util.c#2:ops@V1+0x10")).isEqualTo(new NativeKey("ops", "V1", "util.c#2", 16));
        assertThat(NativeKey.parse("crc32@@V2").version()).isEqualTo("V2");
        assertThat(NativeKey.parse(" crc32 ")).isEqualTo(NativeKey.of("crc32"));
        assertThat(NativeKey.parse("ops+0")).isEqualTo(NativeKey.of("ops"));
        assertThat(NativeKey.parse("ops+-8").symbol()).isEqualTo("ops+-8");
        assertThat(NativeKey.of("ops").at(8)).isEqualTo(NativeKey.parse("ops+8"));
    }

    @Test
    void aKeyNeedsASymbol() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeKey.parse("  "))
                .withMessageContaining("symbol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeKey.of("a").at(-1))
                .withMessageContaining("-1");
    }

    @Test
    void aVersionMayBeLeftOut() {
        NativeKey key = NativeKey.parse("memcpy@GLIBC_2.14");
        assertThat(key.isMeantBy(NativeKey.of("memcpy"))).isTrue();
        assertThat(key.isMeantBy(key)).isTrue();
        assertThat(key.isMeantBy(NativeKey.parse("memcpy@GLIBC_2.2.5"))).isFalse();
        assertThat(NativeKey.of("memcpy").isMeantBy(key)).isFalse();
    }

    @Test
    void keysAreOrderedBySymbolFileVersionAndOffset() {
        List<NativeKey> keys = List.of(
                NativeKey.parse("a"),
                NativeKey.parse("a+8"),
                NativeKey.parse("a@V1"),
                NativeKey.parse("a.c:a"),
                NativeKey.parse("b.c:a"),
                NativeKey.parse("b"));
        assertThat(keys.reversed().stream().sorted()).containsExactlyElementsOf(keys);
    }
}
