package dev.repoint.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void plainValuesAreShown() {
        assertThat(List.of(
                        Values.text(1),
                        Values.text(-1.5),
                        Values.text('x'),
                        Values.text("a\nb"),
                        Values.text(null),
                        Values.text(TimeUnit.DAYS),
                        Values.text(int[].class),
                        Values.text(new byte[] {1, 2, 3}),
                        Values.text(new Object[] {"a", null, new int[][] {{1}}}),
                        Values.text(List.of(1, 2)),
                        Values.text(new TreeMap<String, String>())))
                .containsExactly(
                        "1",
                        "-1.5",
                        "'x'",
                        "\"a\\nb\"",
                        "null",
                        "DAYS",
                        "int[].class",
                        "byte[3]{1, 2, 3}",
                        "java.lang.Object[3]{\"a\", null, int[][1]{int[1]}}",
                        "java.util.ImmutableCollections$List12 of 2",
                        "java.util.TreeMap of 0");
    }

    @Test
    void longValuesAreCut() {
        assertThat(Values.text("x".repeat(1_000))).hasSize(122).endsWith("x...\"");
        assertThat(Values.text(new int[1_000])).isEqualTo("int[1000]{0, 0, 0, 0, 0, ...}");
        assertThat(Values.text(new String[] {"x".repeat(999), "y".repeat(999), "z".repeat(999), "w".repeat(999)}))
                .hasSize(360);
    }

    @Test
    void noCodeOfTheProgramIsCalled() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("called");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("called");
            }
        };
        List<Object> list = new ArrayList<>() {
            @Override
            public int size() {
                throw new AssertionError("called");
            }
        };
        Throwable thrown = new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new AssertionError("called");
            }
        };

        assertThat(Values.text(hostile)).startsWith(getClass().getName() + "$1@");
        assertThat(Values.text(list)).startsWith(getClass().getName() + "$2@");
        assertThat(Values.thrown(thrown)).isEqualTo(getClass().getName() + "$3");
        assertThat(Values.thrown(new IllegalStateException("a\u001bb")))
                .isEqualTo("java.lang.IllegalStateException: a\\u001bb");
    }
}
