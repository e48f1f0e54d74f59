package dev.repoint.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {

    private final List<String> told = new ArrayList<>();

    /// One parameter of each kind; throws if the first is -9.
    private static double method(
            int i, long l, double d, boolean b, char c, String s, @Nullable Object o, TimeUnit unit) {
        if (i == -9) {
            throw new IllegalStateException("minus nine");
        }
        return i + d;
    }

    private static void nothing(Integer boxed) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "args[0] == 3 ~ true",
                "args[0] != 3 ~ false",
                "args[0] < 3 ~ false",
                "args[0] <= 3 ~ true",
                "args[0] > 2.5 ~ true",
                "2.5 < args[0] ~ true",
                "2.5 > args[0] ~ false",
                "args[1] >= 4000000000 ~ true",
                "args[1] < args[0] ~ false",
                "args[0] < args[2] ~ false",
                "args[2] < args[0] ~ true",
                "args[2] == 0.5 ~ true",
                "args[3] ~ true",
                "args[3] == false ~ false",
                "!args[3] ~ false",
                "args[4] == 'x' ~ true",
                "args[4] < 'a' ~ false",
                "args[5] == \"text\" ~ true",
                "args[5] != \"text\" ~ false",
                "args[5] == null ~ false",
                "args[6] == null ~ true",
                "args[6] == 5 ~ false",
                "args[6] != 5 ~ true",
                "args[7] == \"SECONDS\" ~ true",
                "result == 3.5 ~ true",
                "result > args[0] ~ true",
                "result < 0 || args[0] == 3 ~ true",
                "result > 0 && args[0] == 4 ~ false",
                "thrown ~ false",
                "thrown == null ~ true",
                "!thrown && time >= 0ns ~ true",
                "time < 0ns ~ false",
            })
    void aCallIsToldOfIfTheConditionHolds(String condition, boolean holds) throws Throwable {
        assertThat(call(condition, 3, 4_000_000_000L, 0.5, true, 'x', "text", null, TimeUnit.SECONDS))
                .isEqualTo(3.5);

        assertThat(told).hasSize(holds ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "thrown ~ true",
                "thrown == \"IllegalStateException\" ~ true",
                "thrown == \"java.lang.RuntimeException\" ~ true",
                "thrown == \"Error\" ~ false",
                "thrown != \"Error\" ~ true",
                "result == 0 ~ false",
                "result != 0 ~ false",
                "args[0] < 0 ~ true",
            })
    void whatIsThrownPassesThrough(String condition, boolean holds) {
        assertThatThrownBy(() -> call(condition, -9, 0L, 0.0, false, 'x', "", null, TimeUnit.SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("minus nine");

        assertThat(told).hasSize(holds ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "args[8] == 1 ~ args[8] does not exist: the method has 8 parameters",
                "this == null ~ the method is static, so it has no 'this'",
                "args[5] == 5 ~ args[5] has the type java.lang.String, so it is never 5",
                "args[5] < \"a\" ~ args[5] has the type java.lang.String, so it is never < \"a\"",
                "args[0] == null ~ args[0] has the type int, so it is never null",
                "args[3] < true ~ args[3] has the type boolean, so it is never < true",
                "args[0] ~ args[0] has the type int, so it is never true",
                "args[7] == 3 ~ args[7] has the type java.util.concurrent.TimeUnit, so it is never 3",
                "args[5] == args[6] ~ only numbers are compared with each other",
                "time > 5 ~ write a number with its unit, as in time > 5ms",
                "args[1] > 5ms ~ args[1] has the type long; only 'time' is compared with a time",
                "1 < 2 ~ names nothing of the call",
            })
    void whatCannotHoldIsRefused(String condition, String message) {
        assertThatThrownBy(() -> call(condition, 3, 4L, 0.5, true, 'x', "text", null, TimeUnit.SECONDS))
                .isInstanceOf(ConditionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aVoidMethodHasNoResult() throws Throwable {
        MethodHandle target = MethodHandles.lookup()
                .findStatic(ProbeTest.class, "nothing", MethodType.methodType(void.class, Integer.class));
        Probe.Observer observer = (thrown, result, nanos, arguments) -> told.add(result + " " + arguments[0]);
        MethodHandle probe = Probe.of(ConditionParser.parse("args[0] >= 7"), target.type(), false, false, observer);
        probe.invokeWithArguments(target, 7);
        probe.invokeWithArguments(target, null);

        assertThat(told).containsExactly("null 7");
        assertThatThrownBy(
                        () -> Probe.of(ConditionParser.parse("result == null"), target.type(), false, false, observer))
                .hasMessage("the method is void, so it has no 'result'");
    }

    private Object call(String condition, Object... arguments) throws Throwable {
        MethodHandle target = MethodHandles.lookup()
                .findStatic(
                        ProbeTest.class,
                        "method",
                        MethodType.methodType(
                                double.class,
                                int.class,
                                long.class,
                                double.class,
                                boolean.class,
                                char.class,
                                String.class,
                                Object.class,
                                TimeUnit.class));
        return Probe.of(
                        ConditionParser.parse(condition),
                        target.type(),
                        false,
                        false,
                        (thrown, result, nanos, all) -> told.add(thrown + " " + result))
                .bindTo(target)
                .invokeWithArguments(arguments);
    }
}
