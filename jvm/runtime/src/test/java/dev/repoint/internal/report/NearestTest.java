package dev.repoint.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<Key> KEYS = List.of(
            new Key("com.acme.Crc", "update", "(I[B)I"),
            new Key("com.acme.Crc", "reset", "()V"),
            new Key("com.acme.Adler", "update", "(I[B)I"),
            new Key("org.other.Thing", "perform", "()V"));

    @Test
    void aMistypedNameComesFirst() {
        assertThat(Nearest.to("com.acme.Crc.updat", KEYS, 3))
                .startsWith("com.acme.Crc.update(int,byte[])", "com.acme.Adler.update(int,byte[])");
    }

    @Test
    void aMistypedClassIsFoundByItsMethod() {
        assertThat(Nearest.to("com.acme.Crcc.update", KEYS, 1)).containsExactly("com.acme.Crc.update(int,byte[])");
    }

    @Test
    void theParametersDoNotCount() {
        assertThat(Nearest.to("com.acme.Crc.update(long)", KEYS, 1)).containsExactly("com.acme.Crc.update(int,byte[])");
    }

    @Test
    void thereAreNoMoreThanAskedFor() {
        assertThat(Nearest.to("com.acme.Crc.update", KEYS, 0)).isEmpty();
        assertThat(Nearest.to("com.acme.Crc.update", KEYS, 2)).hasSize(2);
    }

    @Test
    void whatResemblesNothingGivesNothing() {
        assertThat(Nearest.to("x.Y.z", KEYS, 3)).isEmpty();
        assertThat(Nearest.to("com.acme.Crc.update", List.of(), 3)).isEmpty();
    }

    @Test
    void nothingIsNamedTwiceAndNothingThatWeavingAdds() {
        List<Key> keys = List.of(
                new Key("com.acme.Crc", "copy", "()Ljava/lang/Object;"),
                new Key("com.acme.Crc", "copy", "()Lcom/acme/Crc;"),
                new Key("com.acme.Crc", "repoint$default$copy", "()Lcom/acme/Crc;"),
                new Key("com.acme.Crc", "copied", "()V"));
        assertThat(Nearest.to("com.acme.Crc.cpy", keys, 2))
                .containsExactly("com.acme.Crc.copy()", "com.acme.Crc.copied()");
    }

    @Test
    void methodsThatNoBridgeJoinsAreToldApartByTheirResults() {
        List<Key> keys = List.of(new Key("a.B", "c", "(I)I"), new Key("a.B", "c", "(I)J"));
        assertThat(Nearest.to("a.B.d(int)", keys, 3)).containsExactly("a.B.c(int):int", "a.B.c(int):long");
    }
}
