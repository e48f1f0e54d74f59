package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Patches of classes in which a method does not return.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LongRunningFramesTest {

    private static final String SPIN = """
        // acme/Spin.java
        package acme;

        public class Spin {
            static volatile long rounds;

            static int step(int n) {
                return n + 1;
            }

            static void spin() {
                for (int n = 0; n < Integer.MAX_VALUE; n = Math.abs(step(n)) % 1000) {
                    rounds++;
                }
            }

            public static void main(String[] args) throws Exception {
                Thread.ofPlatform().daemon().name("spinner").start(Spin::spin);
                Thread.ofPlatform().daemon().name("caller").start(Caller::call);
                while (System.in.read() >= 0) {
                    System.out.println(step(1) + " " + Hot.loop(10) + " " + (rounds > 0));
                }
            }
        }
        """;

    private static final String CALLER = """
        // acme/Caller.java
        package acme;

        public class Caller {
            static volatile long sum;

            static void call() {
                while (true) {
                    sum += Hot.loop(100_000);
                }
            }
        }
        """;

    private static final String HOT = """
        // acme/Hot.java
        package acme;

        public class Hot {
            static int loop(int n) {
                int sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += i;
                }
                return sum;
            }

            static int seven() {
                return 7;
            }
        }
        """;

    @TempDir
    static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() {
        classes = new Sources(folder).compile("spin", SPIN, CALLER, HOT).toString();
    }

    @Test
    void aLoopThatWouldStaySlowIsNamedAndAsksForForce() throws Exception {
        try (Jvm jvm = start()) {
            assertThatThrownBy(() -> jvm.set("acme.Spin.step=constant:5"))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("acme.Spin.spin in thread spinner would stay slow")
                    .hasMessageContaining("--force")
                    .hasMessageNotContaining("acme.Spin.main");
            assertThat(answer(jvm)).isEqualTo("2 45 true");
            assertThat(jvm.force("acme.Spin.step=constant:5"))
                    .singleElement()
                    .extracting(Outcome::note)
                    .isEqualTo("acme.Spin.spin in thread spinner stays slow until it returns");
            assertThat(answer(jvm)).isEqualTo("5 45 true");
            assertThat(jvm.set("acme.Spin.step=constant:6")).as("woven already").hasSize(1);
        }
    }

    @Test
    void aHotMethodThatReturnsIsSetAtOnce() throws Exception {
        try (Jvm jvm = start()) {
            assertThat(jvm.set("acme.Hot.loop=constant:3"))
                    .singleElement()
                    .extracting(Outcome::note)
                    .isEqualTo("");
            assertThat(answer(jvm)).isEqualTo("2 3 true");
        }
    }

    @Test
    void withTheAgentFromTheStartNothingHasToBeChanged() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.COMPILED, Jvm.agent("patchable=acme.Spin.step"), "-cp", classes, "acme.Spin")) {
            answer(jvm);
            assertThat(jvm.set("acme.Spin.step=constant:5")).hasSize(1);
            assertThat(answer(jvm)).isEqualTo("5 45 true");
        }
    }

    private static Jvm start() throws Exception {
        Jvm jvm = Jvm.start(Jvm.COMPILED, "-cp", classes, "acme.Spin");
        jvm.await("", "2 45 true");
        return jvm;
    }

    private static String answer(Jvm jvm) throws Exception {
        return jvm.ask("");
    }
}
