package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Patchables that do nothing, or return a constant.
class ConstantsTest {

    private final Woven woven = new Woven();

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("aBoolean", true, "true"),
                Arguments.of("aByte", (byte) -128, "-128"),
                Arguments.of("aChar", '\uffff', "\uffff"),
                Arguments.of("aShort", (short) -2, "-2"),
                Arguments.of("anInt", Integer.MIN_VALUE, "-0x80000000"),
                Arguments.of("aLong", Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of("aFloat", -0.5f, "-0.5"),
                Arguments.of("aDouble", 1e300, "1e300"),
                Arguments.of("aString", "text", "text"),
                Arguments.of("aString", "", ""),
                Arguments.of("anEnum", TimeUnit.HOURS, "HOURS"),
                Arguments.of("anInteger", 7, "7"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aConstantOfEveryType(String method, Object value, String text) {
        PatchableMethod patchable = woven.patchable(Subject.class, method);
        Object plain = woven.call(Subject.class, method);

        patchable.set(Target.constant(value));
        assertThat(woven.call(Subject.class, method)).isEqualTo(value);
        assertThat(patchable.targetName()).isEqualTo("constant:" + value);
        assertThat(patchable.target()).isPresent();

        patchable.reset();
        assertThat(woven.call(Subject.class, method)).isEqualTo(plain);

        patchable.set(Target.parse("constant:" + text).in(woven));
        assertThat(woven.call(Subject.class, method)).isEqualTo(value);
    }

    @Test
    void aListIsReturnedAsTheSameObject() {
        List<String> list = List.of("a");
        woven.patchable(Subject.class, "aList").set(Target.constant(list));

        assertThat(woven.call(Subject.class, "aList")).isSameAs(list);
    }

    @ParameterizedTest
    @CsvSource({"aString", "anEnum", "anInteger", "aList"})
    void aReferenceMayBeNull(String method) {
        PatchableMethod patchable = woven.patchable(Subject.class, method);

        patchable.set(Target.constant(null));
        assertThat(woven.call(Subject.class, method)).isNull();
        patchable.reset();
        patchable.set(Target.parse("constant:null").in(woven));
        assertThat(woven.call(Subject.class, method)).isNull();
        assertThat(patchable.targetName()).isEqualTo("constant:null");
    }

    @Test
    void aConstantIgnoresTheArguments() {
        woven.patchable(Subject.class, "greet").set(Target.constant("same"));

        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("same");
    }

    @Test
    void aMethodOfNoResultDoesNothing() {
        PatchableMethod log = woven.patchable(Subject.class, "log");
        List<String> to = new ArrayList<>();

        log.set(Target.nothing());
        woven.call(Subject.class, "log", to);
        assertThat(to).isEmpty();
        assertThat(log.targetName()).isEqualTo("nothing");

        log.reset();
        woven.call(Subject.class, "log", to);
        assertThat(to).containsExactly("default");
    }

    @Test
    void aMethodWithAResultCannotDoNothing() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> anInt.set(Target.nothing()))
                .withMessageContaining("Subject.anInt() cannot do nothing: it returns int")
                .withMessageContaining("constant");
        assertThat(anInt.state().changes()).isZero();
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("anInt", 5L, "java.lang.Long", "int"),
                Arguments.of("aLong", 5, "java.lang.Integer", "long"),
                Arguments.of("anInt", 'a', "java.lang.Character", "int"),
                Arguments.of("aByte", 1, "java.lang.Integer", "byte"),
                Arguments.of("aBoolean", "true", "java.lang.String", "boolean"),
                Arguments.of("aString", 5, "java.lang.Integer", "java.lang.String"),
                Arguments.of("anInteger", 5L, "java.lang.Long", "java.lang.Integer"),
                Arguments.of("anInt", null, "null", "int"),
                Arguments.of("log", null, "null", "void"),
                Arguments.of("log", "text", "java.lang.String", "void"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aValueOfAnotherTypeIsRefusedWithBothTypes(String method, Object value, String found, String wanted) {
        PatchableMethod patchable = woven.patchable(Subject.class, method);

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> patchable.set(Target.constant(value)))
                .withMessageContaining("Subject." + method)
                .withMessageContaining(found)
                .withMessageContaining("it returns " + wanted);
        assertThat(patchable.state().changes()).isZero();
        assertThat(patchable.isDefault()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "anInt, 5x",
        "anInt, 2147483648",
        "aByte, 200",
        "aBoolean, yes",
        "aChar, ab",
        "anEnum, CENTURIES",
        "aDouble, one",
        "anInt, null"
    })
    void aTextThatIsNoValueOfTheTypeIsRefused(String method, String text) {
        PatchableMethod patchable = woven.patchable(Subject.class, method);

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> patchable.set(Target.parse("constant:" + text).in(woven)))
                .withMessageContaining("Subject." + method)
                .withMessageContaining("'" + text + "'");
        assertThat(patchable.state().changes()).isZero();
    }

    @Test
    void aTextForATypeWithoutLiteralsIsRefused() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> woven.patchable(Subject.class, "aList")
                        .set(Target.parse("constant:[]").in(woven)))
                .withMessageContaining("java.util.List")
                .withMessageContaining("name a method instead");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> woven.patchable(Subject.class, "log")
                        .set(Target.parse("constant:1").in(woven)))
                .withMessageContaining("returns void")
                .withMessageContaining("nothing");
    }
}
