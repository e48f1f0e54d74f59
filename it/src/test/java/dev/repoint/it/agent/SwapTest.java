package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An unchanged program whose methods are led to each other: each calls the default of the next.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SwapTest {

    private static final String A_B = "acme.Svc.a=acme.Svc.b";
    private static final String B_A = "acme.Svc.b=acme.Svc.a";

    @TempDir
    static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() {
        classes = new Sources(folder).compile("svc", """
            // acme/Svc.java
            package acme;

            import java.util.Scanner;

            public class Svc {

                static int a() {
                    return 1;
                }

                static int b() {
                    return 2;
                }

                static int c() {
                    return 3;
                }

                public int hashCode() {
                    return super.hashCode() & 0;
                }

                int code() {
                    return 5;
                }

                static int depth() {
                    return StackWalker.getInstance().walk(frames -> 6);
                }

                static int height() {
                    return 7;
                }

                public static void main(String[] args) {
                    Svc svc = new Svc();
                    for (Scanner lines = new Scanner(System.in); lines.hasNextLine(); lines.nextLine()) {
                        System.out.println(a() + " " + b() + " " + c() + " " + svc.hashCode() + " " + svc.code());
                    }
                }
            }
            """).toString();
    }

    private static Jvm start(String... options) throws IOException {
        return Jvm.start(List.of("-cp", classes, "acme.Svc"), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "patchable=acme.**"})
    void inOneCommandAndInSeveral(String options) throws Exception {
        try (Jvm jvm = options.isEmpty() ? start() : start(Jvm.agent(options))) {
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
            jvm.set(A_B, B_A);
            assertThat(jvm.ask("")).isEqualTo("2 1 3 0 5");
            jvm.reset("acme.Svc.b");
            assertThat(jvm.ask("")).as("only a leads to b").isEqualTo("2 2 3 0 5");
            jvm.set(B_A);
            assertThat(jvm.ask("")).as("in a command of its own").isEqualTo("2 1 3 0 5");
            jvm.set("acme.Svc.b=acme.Svc.c", "acme.Svc.c=acme.Svc.a");
            assertThat(jvm.ask("")).as("three").isEqualTo("2 3 1 0 5");
            assertThat(jvm.reset())
                    .as("a reset method has no note of its old target")
                    .extracting(Outcome::note)
                    .containsOnly("");
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
        }
    }

    @Test
    void byTheAgentsPolicyAndAPolicyFile() throws Exception {
        Path policy = Files.writeString(folder.resolve("swap.policy"), A_B + "\n" + B_A + "\n");
        for (String options : List.of("policyfile=" + policy, "policy=" + A_B + ";" + B_A)) {
            try (Jvm jvm = start(Jvm.agent(options))) {
                assertThat(jvm.ask("")).as(options).isEqualTo("2 1 3 0 5");
                assertThat(jvm.errors()).isEmpty();
            }
        }
    }

    @Test
    void byAPolicyFileThatIsWatched() throws Exception {
        Path policy = Files.writeString(folder.resolve("watched.policy"), "");
        try (Jvm jvm = start(Jvm.agent("policyfile=" + policy + ",watch=true"))) {
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
            Files.writeString(policy, A_B + "\n" + B_A + "\n");
            jvm.await("", "2 1 3 0 5");
        }
    }

    @Test
    void oneThatCallsTheMethodThatItOverrides() throws Exception {
        try (Jvm jvm = start()) {
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
            jvm.set("acme.Svc.hashCode=acme.Svc.code", "acme.Svc.code=acme.Svc.hashCode");
            assertThat(jvm.ask("")).isEqualTo("1 2 3 5 0");
        }
    }

    @Test
    void oneWhoseDefaultCannotBeCalledIsRefusedWithItsKeys() throws Exception {
        try (Jvm jvm = start()) {
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
            assertThatThrownBy(() -> jvm.set("acme.Svc.depth=acme.Svc.height", "acme.Svc.height=acme.Svc.depth"))
                    .hasMessageContaining("acme.Svc.depth() -> acme.Svc.height()")
                    .hasMessageContaining("it calls java.lang.StackWalker.walk, and this looks at the calling frames");
            assertThat(jvm.ask("")).isEqualTo("1 2 3 0 5");
        }
    }
}
