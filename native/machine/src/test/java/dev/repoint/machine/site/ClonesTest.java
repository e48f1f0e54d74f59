package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClonesTest {

    @ParameterizedTest
    @CsvSource({
        "foo, , false, false",
        "foo.c, , false, false",
        ".hidden, , false, false",
        "foo.coldish, , false, false",
        "foo.constprop.0, foo, true, false",
        "foo.isra.0.part.1, foo, true, false",
        "foo.part.0.cold, foo, true, true",
        "foo.cold, foo, false, true",
        "foo.cold.12, foo, false, true",
        "foo.lto_priv.3, foo, false, false",
        "foo.llvm.123, foo, false, false",
        "foo.localalias, foo, false, false"
    })
    void aNameTellsWhatItWasMadeFrom(String name, String base, boolean copy, boolean cold) {
        assertThat(Clones.base(name)).isEqualTo(base);
        assertThat(Clones.isCopy(name)).isEqualTo(copy);
        assertThat(Clones.isCold(name)).isEqualTo(cold);
    }
}
