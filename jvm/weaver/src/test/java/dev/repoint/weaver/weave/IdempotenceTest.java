package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.patchable;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Crc;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.rules.WovenMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdempotenceTest {

    @ParameterizedTest
    @EnumSource(Phase.class)
    void weavingAgainReturnsTheSameArray(Phase phase) {
        byte[] woven = weave(patchable("com.acme.**"), Crc.class, phase).bytes();

        WeaveResult again = weave(patchable("com.acme.**"), woven, phase);

        assertThat(again.bytes()).isSameAs(woven);
        assertThat(again.entries()).isEmpty();
    }

    @Test
    void weavingWithFurtherPatternsAddsOnlyWhatIsNew() {
        byte[] woven =
                weave(patchable("com.acme.Crc.update"), Crc.class, Phase.LOAD).bytes();

        WeaveResult more = weave(patchable("com.acme.Crc.update", "com.acme.Crc.noBranch"), woven, Phase.LOAD);

        assertThat(more.entries()).extracting(entry -> entry.key().name()).containsExactly("noBranch");
        new Throwaway().with("com.acme.Crc", more.bytes()).load("com.acme.Crc");
    }

    @Test
    void twoRunsGiveTheSameBytes() {
        assertThat(weave(patchable("com.acme.**"), Crc.class, Phase.LOAD).bytes())
                .isEqualTo(
                        weave(patchable("com.acme.**"), Crc.class, Phase.LOAD).bytes());
    }

    @Test
    void aClassWovenInALaterFormatIsRefused() {
        assertThatThrownBy(() -> weave(patchable("com.acme.**"), marked(WovenMark.FORMAT + 1), Phase.LOAD))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("later Repoint (format 4");
    }

    @Test
    void aClassWovenInAnEarlierFormatIsRefused() {
        assertThatThrownBy(() -> weave(patchable("com.acme.**"), marked(WovenMark.FORMAT - 1), Phase.LOAD))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("earlier Repoint (format 2");
    }

    private static byte[] marked(int format) {
        byte[] woven =
                weave(patchable("com.acme.Crc.update"), Crc.class, Phase.LOAD).bytes();
        woven[woven.length - 1] = (byte) format; // the mark is the last attribute
        return woven;
    }
}
