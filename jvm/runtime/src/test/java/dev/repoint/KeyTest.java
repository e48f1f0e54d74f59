package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTest {

    @Test
    void theTextHasTheParameterTypesAndNotTheReturnType() {
        Key key = new Key("com.acme.Crc", "update", "(I[BLjava/lang/String;[[Ljava/util/Map$Entry;)J");

        assertThat(key.text()).isEqualTo("com.acme.Crc.update(int,byte[],java.lang.String,java.util.Map$Entry[][])");
        assertThat(key).hasToString(key.text());
        assertThat(key.parameters()).isEqualTo("(int,byte[],java.lang.String,java.util.Map$Entry[][])");
        assertThat(key.internalOwner()).isEqualTo("com/acme/Crc");
    }

    @ParameterizedTest
    @CsvSource({"Z,boolean", "B,byte", "C,char", "S,short", "I,int", "J,long", "F,float", "D,double"})
    void everyPrimitiveTypeIsWrittenByItsName(String descriptor, String name) {
        assertThat(new Key("A", "m", "(" + descriptor + "[" + descriptor + ")V").text())
                .isEqualTo("A.m(" + name + "," + name + "[])");
    }

    @Test
    void theKeyOfAMethodNamesTheClassThatDeclaresIt() throws NoSuchMethodException {
        Key key = Key.of(Map.Entry.class.getMethod("setValue", Object.class));

        assertThat(key).isEqualTo(new Key("java.util.Map$Entry", "setValue", "(Ljava/lang/Object;)Ljava/lang/Object;"));
    }

    @Test
    void keysAreOrderedByOwnerThenNameThenDescriptor() {
        List<Key> ordered = List.of(
                new Key("a.A", "b", "()V"),
                new Key("a.A", "b", "(I)V"),
                new Key("a.A", "c", "()V"),
                new Key("a.B", "a", "()V"));

        assertThat(Stream.of(ordered.get(3), ordered.get(0), ordered.get(2), ordered.get(1))
                        .sorted())
                .containsExactlyElementsOf(ordered);
    }

    @Test
    void keysThatDifferInTheReturnTypeAloneAreTwoKeys() {
        assertThat(new Key("A", "get", "()Ljava/lang/Object;")).isNotEqualTo(new Key("A", "get", "()I"));
    }

    @Test
    void theKeyOfAFieldHasNoParentheses() throws NoSuchFieldException {
        Key key = Key.of(Thread.State.class.getField("NEW"));
        assertThat(key.isField()).isTrue();
        assertThat(key.text()).isEqualTo("java.lang.Thread$State.NEW");
        assertThat(key.type()).isEqualTo("java.lang.Thread$State");
        assertThat(key.textWithType()).isEqualTo("java.lang.Thread$State.NEW:java.lang.Thread$State");
        assertThat(key.parameters()).isEmpty();
        assertThat(new Key("A", "f", "[[J").type()).isEqualTo("long[][]");
        assertThat(new Key("A", "m", "()V").isField()).isFalse();
        assertThat(new Key("A", "m", "()V").textWithType()).isEqualTo("A.m()");
        for (String wrong : new String[] {"I[B", "V", "L;", "Lx", "LA;B", "[", "x"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Key("A", "f", wrong));
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key("com/acme/Crc", "update", "()V"))
                .withMessageContaining("'com/acme/Crc'");
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("", "update", "()V"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key("A", "", "()V"))
                .withMessageContaining("no name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key("A", "m", "int"))
                .withMessageContaining("'int'")
                .withMessageContaining("A.m");
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("A", "m", "(I"));
    }
}
