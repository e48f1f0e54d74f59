package dev.repoint.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Crc;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawPoolTest {

    private final byte[] crc = Throwaway.bytesOf(Crc.class);

    @Test
    void theNameOfTheClassIsFound() {
        assertThat(RawPool.read(crc, new Needles()).thisClass()).isEqualTo("com/acme/Crc");
    }

    @Test
    void aNameOutsideAsciiIsDecoded() {
        byte[] bytes = ClassFile.of().build(ClassDesc.of("com.acme.Größe"), type -> {});

        assertThat(RawPool.read(bytes, new Needles()).thisClass()).isEqualTo("com/acme/Größe");
    }

    @Test
    void needlesAreFoundWithTheirMeaning() {
        Needles needles = new Needles();
        needles.add("update", Needles.SITE_NAME);
        needles.add("absent", Needles.OWNER);

        assertThat(RawPool.read(crc, needles).found()).isEqualTo(Needles.SITE_NAME);
    }

    @Test
    void whatIsNotAClassFileIsNamedWithItsMagicNumber() {
        byte[] text = "this is no class file, just some text".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> RawPool.read(text, new Needles()))
                .isInstanceOf(WeaveException.class)
                .hasMessage("malformed class file at offset 0: magic number 74686973");
    }

    @Test
    void anUnknownTagIsNamedWithItsOffset() {
        byte[] broken = crc.clone();
        broken[10] = 99;

        assertThatThrownBy(() -> RawPool.read(broken, new Needles()))
                .isInstanceOf(WeaveException.class)
                .hasMessage("malformed class file at offset 10: constant 1 has tag 99");
    }

    @Test
    void everyTruncationIsRefusedOrCarriesItsWholePool() {
        for (int length = 0; length < crc.length; length++) {
            byte[] cut = Arrays.copyOf(crc, length);
            try {
                assertThat(RawPool.read(cut, new Needles()).thisClass()).isEqualTo("com/acme/Crc");
            } catch (WeaveException e) {
                assertThat(e).hasMessageContaining("offset");
            }
        }
    }

    @Test
    void anyDamageIsRefusedWithAWeaveExceptionOrSurvived() {
        Random random = new Random(1);
        Weaver weaver = Weaver.of(Try.patchable("com.acme.**"));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = crc.clone();
            for (int j = 0; j <= i % 3; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                weaver.weave(broken, Throwaway::bytesOf, Phase.LOAD);
            } catch (WeaveException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
