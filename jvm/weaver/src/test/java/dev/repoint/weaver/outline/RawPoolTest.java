package dev.repoint.weaver.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Calls;
import com.acme.Crc;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.weave.Throwaway;
import dev.repoint.weaver.weave.Try;
import dev.repoint.weaver.weave.Weaver;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Phase.class)
    void anyDamageIsRefusedWithAWeaveExceptionOrSurvived(Phase phase) {
        Random random = new Random(1);
        Weaver weaver =
                Weaver.of(new Selection(Try.keys("com.acme.**"), true, Try.keys("com.acme.**"), List.of(), List.of()));
        byte[] calls = Throwaway.bytesOf(Calls.class);
        ClassSource alone = name -> null;
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = calls.clone();
            for (int j = 0; j <= i % 3; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                weaver.weave(broken, alone, phase);
            } catch (WeaveException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
