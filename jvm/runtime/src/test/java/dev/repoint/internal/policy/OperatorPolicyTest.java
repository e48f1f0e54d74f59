package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorPolicyTest {

    private static final Key UPDATE = new Key("com.acme.Crc", "update", "(I[B)I");
    private static final Key NAME = new Key("com.acme.Crc", "name", "()Ljava/lang/String;");

    private static OperatorPolicy policy(String text) {
        return OperatorPolicy.parse("shop.policy", text);
    }

    private static String target(OperatorPolicy policy, Key key) {
        return policy.of(key).stream()
                .map(OperatorPolicy.Line::target)
                .map(Target::toString)
                .findFirst()
                .orElse("-");
    }

    @Test
    void eachLineNamesATarget() {
        OperatorPolicy policy = policy("""
            # what we run
            com.acme.Crc.update(int,byte[]) = com.acme.Fast.update

              com.acme.Crc.name=constant:a = b # c\t
            com.acme.Log.** = nothing
            """);

        assertThat(policy.size()).isEqualTo(3);
        assertThat(target(policy, UPDATE)).isEqualTo("com.acme.Fast.update");
        assertThat(target(policy, NAME)).isEqualTo("constant:a = b # c");
        assertThat(target(policy, new Key("com.acme.Log", "info", "()V"))).isEqualTo("nothing");
        assertThat(target(policy, new Key("com.acme.Crc", "update", "(I)I"))).isEqualTo("-");
        assertThat(policy.of(NAME).get(0).place()).isEqualTo("shop.policy line 4");
    }

    @Test
    void ofLinesThatMatchTheLastCounts() {
        OperatorPolicy policy =
                policy("com.acme.** = nothing\ncom.acme.Crc.update = default\ncom.acme.C*.name = constant:x");

        assertThat(target(policy, UPDATE)).isEqualTo("default");
        assertThat(target(policy, NAME)).isEqualTo("constant:x");
    }

    @Test
    void policiesAgreeOnKeysOfWhichTheySayTheSame() {
        OperatorPolicy one = policy("# a\ncom.acme.Crc.update = default");
        OperatorPolicy other = policy("com.acme.Crc.update = default\ncom.acme.Crc.name = constant:x");

        assertThat(one.agrees(other, UPDATE)).isTrue();
        assertThat(one.agrees(other, NAME)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.Crc.update | found 'com.acme.Crc.update'; write KEY = TARGET, such as",
                "com.acme.Crc.update = | target '': write com.acme.Fast.update, default, nothing or constant:VALUE",
                "com.acme.Crc.update = com.acme.Fast.* | target 'com.acme.Fast.*': write",
                "com.acme.Crc.update(int = default | its parentheses do not match",
                "= default | key ''",
            })
    void aLineThatIsWrongIsNamedWithWhatToDo(String line, String message) {
        assertThatThrownBy(() -> policy("# first\n\n" + line))
                .isInstanceOf(PatchException.class)
                .hasMessageStartingWith("shop.policy line 3: ")
                .hasMessageContaining(message);
    }

    @Test
    void aKeyThatIsNamedTwiceIsRefused() {
        assertThatThrownBy(() -> policy("com.acme.Crc.update = default\n\ncom.acme.Crc.update = nothing"))
                .hasMessage(
                        "shop.policy line 3: key 'com.acme.Crc.update' has a target already, in line 1; give it one");
    }

    @Test
    void betweenBackticksAnEqualsSignIsPartOfTheName() {
        OperatorPolicy policy = policy("""
            com.acme.Crc.`a = (b` = com.acme.Fast.`c = d`
            `#com`.Crc.m(int,byte[]):int = nothing
            """);

        assertThat(target(policy, new Key("com.acme.Crc", "a = (b", "()V"))).isEqualTo("com.acme.Fast.`c = d`");
        assertThat(target(policy, new Key("#com.Crc", "m", "(I[B)I"))).isEqualTo("nothing");
        assertThat(target(policy, new Key("#com.Crc", "m", "(I[B)J"))).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s = nothing", "a.B.c(%s = nothing", "a.B.c = %s"})
    void ofALongLineOnlyTheBeginningIsShown(String form) {
        assertThatThrownBy(() -> OperatorPolicy.parse("shop.policy", form.formatted("x".repeat(10_000_000))))
                .isInstanceOf(PatchException.class)
                .hasMessageStartingWith("shop.policy line 1: ")
                .hasMessageContaining(" characters)")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(500));
    }
}
