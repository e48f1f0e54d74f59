package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedOfferTest {

    private static final IndexedOffer OFFER = new IndexedOffer(
            KeyPattern.parse("com.acme.Crc.update(int,byte[])"),
            "com.acme.Fast.update(int,byte[])",
            -7,
            List.of("avx2", "bmi2"),
            List.of("linux", "windows 11"),
            List.of("x86-64"),
            "21-25",
            List.of("a=b=c", "d"),
            "com.acme.HasGpu",
            List.of());

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(IndexedOffer.parse(OFFER.line())).isEqualTo(OFFER);
        assertThat(IndexedOffer.isOffer(OFFER.line())).isTrue();
    }

    @Test
    void conditionsOfALaterVersionAreKept() {
        IndexedOffer offer = IndexedOffer.parse("a.B.c\td.E.f\tgpu=yes\twhat");
        assertThat(offer.unknown()).containsExactly("gpu=yes", "what");
        assertThat(IndexedOffer.parse(offer.line())).isEqualTo(offer);
    }

    @Test
    void emptyLinesAndCommentsAreNoOffers() {
        assertThat(IndexedOffer.isOffer("")).isFalse();
        assertThat(IndexedOffer.isOffer("  ")).isFalse();
        assertThat(IndexedOffer.isOffer("# a.B.c\td.E.f")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B.c",
                "a.*.c\td.E.f",
                "a.B.c\tnothing",
                "a.B.c\td.E.f\tpriority=high",
                "a.B.c\td.E.f\tjdk=new",
                "a.B.c\td.E.f\twhen=a\u0007b"
            })
    void whatIsNoOfferIsRefused(String line) {
        assertThatThrownBy(() -> IndexedOffer.parse(line)).isInstanceOf(SyntaxException.class);
    }
}
