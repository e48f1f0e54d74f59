package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Fields of a program that never heard of Repoint: by the agent's options, and in a program that runs.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FieldAgentTest {

    private static final String FLAGS = """
        // acme/Flags.java
        package acme;

        import java.util.function.IntBinaryOperator;

        public class Flags {
            public enum Speed { SLOW, FAST }

            static boolean tracing;
            static int level = 1;
            static Speed speed = Speed.SLOW;
            static IntBinaryOperator operation = (a, b) -> a + b;
            static final int FIXED = Integer.parseInt("3");
            int ofInstances;
            static int both = 5;

            static int both() {
                return both;
            }

            static int product(int a, int b) {
                return a * b;
            }
        }
        """;

    private static final String MAIN = """
        // acme/Main.java
        package acme;

        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.lang.invoke.MethodHandles;

        public class Main {

            static String answer(String question) throws Throwable {
                return switch (question) {
                    case "tracing" -> "" + Flags.tracing;
                    case "trace" -> "" + (Flags.tracing = true);
                    case "level" -> "" + Flags.level;
                    case "bump" -> "" + ++Flags.level;
                    case "speed" -> "" + Flags.speed;
                    case "operate" -> "" + Flags.operation.applyAsInt(6, 3);
                    case "both" -> Flags.both() + " " + Flags.both;
                    case "late" -> "" + Late.flag;
                    case "reflect" -> {
                        Flags.class.getDeclaredField("level").setInt(null, 1000);
                        yield "done";
                    }
                    case "bypass" -> {
                        MethodHandles.lookup().findStaticSetter(Flags.class, "level", int.class).invokeExact(2000);
                        yield "done";
                    }
                    default -> "what?";
                };
            }

            public static void main(String[] args) throws Throwable {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                String first = in.readLine();
                System.out.println(answer(first));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals("directly")) {
                        Flags.level = 77; // by the code that has been running since before anybody attached
                    }
                    System.out.println(answer(line));
                }
            }
        }
        """;

    private static final String LATE = """
        // acme/Late.java
        package acme;

        class Late {
            static String flag = "off";
        }
        """;

    @TempDir
    static Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws IOException {
        classes = new Sources(folder).compile("flags", FLAGS, MAIN, LATE);
    }

    @Test
    void aPolicyIsWhatTheFirstReadGets() throws Exception {
        Path report = folder.resolve("policy.txt");
        try (Jvm jvm = start("policy=acme.Flags.tracing=true;acme.Flags.speed=constant:FAST;"
                + "acme.Flags.operation=acme.Flags.product;acme.Late.flag=constant:on,report=" + report)) {
            assertThat(jvm.ask("tracing")).isEqualTo("true");
            assertThat(jvm.ask("speed")).isEqualTo("FAST");
            assertThat(jvm.ask("operate")).isEqualTo("18");
            assertThat(jvm.ask("late")).isEqualTo("on");
            assertThat(jvm.ask("level")).isEqualTo("1");
            assertThat(status(jvm, "acme.Flags.tracing").target()).isEqualTo("constant:true");
            assertThat(status(jvm, "acme.Flags.tracing").defaultMethod()).isEqualTo("boolean tracing");
            jvm.reset("acme.Flags.tracing");
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors()).isEmpty();
        }
        assertThat(Files.readAllLines(report))
                .anyMatch(line -> line.matches("site acme\\.Flags\\.tracing getstatic in acme\\.Main\\.answer.*"));
    }

    @Test
    void aPatternWithATypeMakesFieldsPatchable() throws Exception {
        try (Jvm jvm = start("patchable=acme.**:boolean;acme.Flags.level")) {
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            assertThat(jvm.ask("bump")).isEqualTo("2");
            assertThat(jvm.ask("level")).isEqualTo("2");
            assertThat(jvm.set("acme.Flags.tracing=true", "acme.Flags.level=9").toString())
                    .contains("default", "constant:true", "constant:9");
            assertThat(jvm.ask("tracing")).isEqualTo("true");
            assertThat(jvm.ask("bump")).isEqualTo("10");
            assertThat(jvm.ask("level")).isEqualTo("10");
            assertThat(status(jvm, "acme.Flags.level").target())
                    .as("the program assigned it")
                    .isEqualTo("default");
            assertThat(jvm.ask("reflect")).isEqualTo("done");
            assertThat(jvm.ask("level")).isEqualTo("1000");
            assertThat(jvm.ask("bypass")).isEqualTo("done");
            assertThat(jvm.ask("level")).isEqualTo("1000");
            assertThat(status(jvm, "acme.Flags.level").note())
                    .startsWith("holds 2000, readers get 1000: it was assigned by code that is not woven");
            jvm.set("acme.Flags.level=4");
            assertThat(jvm.ask("level")).isEqualTo("4");
        }
    }

    @Test
    void inARunningProgramFieldsAreWovenInPlace() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", classes.toString(), "acme.Main")) {
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            assertThat(jvm.set("acme.Flags.tracing=true").getFirst().note()).isEqualTo("in 1 loaded class");
            assertThat(jvm.ask("tracing")).isEqualTo("true");
            assertThat(jvm.ask("tracing")).isEqualTo("true");
            jvm.set("acme.Flags.operation=acme.Flags.product", "acme.Late.flag=constant:on");
            assertThat(jvm.ask("operate")).isEqualTo("18");
            assertThat(jvm.ask("operate")).isEqualTo("18");
            assertThat(jvm.ask("late")).isEqualTo("on");
            assertThat(jvm.ask("late")).isEqualTo("on");
            assertThat(jvm.reset().size()).isEqualTo(3);
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            assertThat(jvm.ask("operate")).isEqualTo("9");
            assertThat(jvm.ask("late")).isEqualTo("off");
        }
    }

    @Test
    void aMethodThatRunsAndAssignsAFieldKeepsItInPointerMode() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", classes.toString(), "acme.Main")) {
            assertThat(jvm.ask("level")).isEqualTo("1");
            assertThat(jvm.set("acme.Flags.level=5").getFirst().note())
                    .contains("in pointer mode as acme.Main.main assigns it and is running");
            assertThat(jvm.ask("level")).isEqualTo("5");
            assertThat(jvm.ask("level")).isEqualTo("5");
            jvm.ask("directly");
            assertThat(jvm.ask("level")).isEqualTo("77");
            assertThat(status(jvm, "acme.Flags.level").mode()).isEqualTo("pointer");
        }
    }

    @Test
    void whatCannotBeSetIsRefusedAsAWhole() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", classes.toString(), "acme.Main")) {
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            assertRefused(jvm, "has the type boolean: 'maybe' is no value of it", "acme.Flags.tracing=constant:maybe");
            assertRefused(jvm, "it is final", "acme.Flags.FIXED=4");
            assertRefused(jvm, "it is not static", "acme.Flags.ofInstances=4");
            assertRefused(jvm, "name one of acme.Flags.both(), acme.Flags.both:int", "acme.Flags.both=4");
            assertRefused(jvm, "did you mean acme.Flags.tracing", "acme.Flags.tracin=true");
            assertRefused(jvm, "'x' is no value of it", "acme.Flags.tracing=true", "acme.Flags.level=constant:x");
            assertThat(jvm.ask("tracing")).isEqualTo("false");
            jvm.set("acme.Flags.both:int=6", "acme.Flags.both()=7");
            assertThat(jvm.ask("both")).isEqualTo("7 6");
        }
    }

    @Test
    void aWatchedPolicyFileChangesFieldsAndMethodsLiveOrIsRefusedWhole() throws Exception {
        Path policy = Files.writeString(folder.resolve("fields.policy"), """
            # what the operator wants
            acme.Flags.tracing = true
            acme.Flags.*:int = 5
            acme.Flags.both() = constant:9
            """);
        try (Jvm jvm = Jvm.start(
                "-Drepoint.log=info",
                Jvm.agent("policyfile=" + policy + ",watch=true"),
                "-cp",
                classes.toString(),
                "acme.Main")) {
            assertThat(jvm.ask("tracing")).isEqualTo("true");
            assertThat(jvm.ask("level")).isEqualTo("5");
            assertThat(jvm.ask("both")).isEqualTo("9 5");
            assertThat(jvm.ask("operate")).isEqualTo("9");
            assertThat(status(jvm, "acme.Flags.level").note()).isEqualTo(policy + " line 3; holds 5");

            Files.writeString(policy, """
                acme.Flags.tracing = false
                acme.Flags.both() = constant:8
                acme.Flags.operation = acme.Flags.product
                """);
            jvm.await("tracing", "false");
            assertThat(jvm.ask("level")).as("its line is gone").isEqualTo("1");
            assertThat(jvm.ask("both")).as("in the same moment").isEqualTo("8 5");
            assertThat(jvm.ask("operate")).as("it was not patchable before").isEqualTo("18");
            awaitError(jvm, "acme.Flags.tracing: constant:true -> constant:false");
            assertThat(jvm.errors())
                    .contains(
                            "INFO: acme.Flags.level: constant:5 -> default",
                            "INFO: acme.Flags.both(): constant:9 -> constant:8");

            Files.writeString(policy, "acme.Flags.tracing = true\nacme.Flags.level = constant:x\n");
            awaitError(jvm, policy + " line 2: acme.Flags.level has the type int: 'x' is no value of it");
            assertThat(jvm.ask("tracing")).isEqualTo("false");
        }
    }

    @Test
    void aRecordingHasWhatFieldsHeldAndHold() throws Exception {
        Path file = folder.resolve("fields.jfr");
        try (Jvm jvm = Jvm.start(
                Jvm.agent("patchable=acme.Flags.tracing;acme.Flags.level"),
                "-XX:StartFlightRecording:filename=" + file,
                "-cp",
                classes.toString(),
                "acme.Main")) {
            assertThat(jvm.read()).contains("Started recording");
            jvm.read();
            jvm.read();
            assertThat(jvm.ask("level")).isEqualTo("1");
            assertThat(jvm.ask("level")).isEqualTo("1");
            jvm.set("acme.Flags.tracing=true", "acme.Flags.level=7");
            jvm.reset("acme.Flags.level");
            assertThat(jvm.end()).isZero();
        }
        assertThat(RecordingTest.events(file, "dev.repoint.Patch"))
                .extracting(event -> event.getLong("patch") + " " + event.getString("key") + ": "
                        + event.getString("oldTarget") + " -> " + event.getString("newTarget") + ", "
                        + event.getInt("sites"))
                .containsExactlyInAnyOrder(
                        "1 acme.Flags.tracing: default -> constant:true, 0",
                        "1 acme.Flags.level: default -> constant:7, 1",
                        "2 acme.Flags.level: constant:7 -> default, 1");
        assertThat(RecordingTest.events(file, "dev.repoint.Link"))
                .extracting(event -> event.getString("key") + " " + event.getString("kind") + " in "
                        + event.getClass("caller").getName())
                .contains("acme.Flags.level site in acme.Main");
    }

    private static void awaitError(Jvm jvm, String line) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (jvm.errors().stream().noneMatch(each -> each.contains(line))) {
            assertThat(System.nanoTime())
                    .as(() -> "it is not told: " + jvm.errors())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Jvm start(String options) throws IOException {
        return Jvm.start(Jvm.agent(options), "-cp", classes.toString(), "acme.Main");
    }

    private static void assertRefused(Jvm jvm, String reason, String... changes) {
        assertThatThrownBy(() -> jvm.set(changes))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining(reason);
    }

    private static PatchableStatus status(Jvm jvm, String key) {
        try (RunningJvm running = jvm.connect()) {
            List<PatchableStatus> found = running.status().stream()
                    .filter(each -> each.key().equals(key))
                    .toList();
            assertThat(found).as(key + " in " + running.status()).hasSize(1);
            return found.getFirst();
        }
    }
}
