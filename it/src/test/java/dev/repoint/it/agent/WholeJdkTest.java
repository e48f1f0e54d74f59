package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs in which all of the JDK is patchable that can be, also what linking, changing and reporting run.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WholeJdkTest {

    private static final String HELLO = """
        // acme/Hello.java
        package acme;

        public class Hello {
            public static void main(String[] args) {
                System.out.println("hello");
            }
        }
        """;

    private static final String EVERYDAY = """
        // acme/Everyday.java
        package acme;

        import java.lang.management.ManagementFactory;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.Supplier;
        import java.util.logging.*;
        import java.util.stream.*;
        import javax.management.ObjectName;
        import jdk.jfr.*;
        import jdk.jfr.consumer.RecordingFile;

        public class Everyday {

            record Pair(int x, String y) {}

            sealed interface Shape permits Round, Square {}
            record Round(int r) implements Shape {}
            record Square(String side) implements Shape {}

            @Name("acme.Event") static class Mine extends Event {
                String text;
            }

            static String kind(Object o) {
                return switch (o) {
                    case Round(int r) when r > 2 -> "big";
                    case Round small -> "small " + small;
                    case Square(String side) -> side;
                    case Integer i -> "int " + i;
                    default -> "?";
                };
            }

            static String language() throws Exception {
                Supplier<String> lambda = () -> "lambda " + new Pair(3, "z") + new Pair(1, "k").equals(new Pair(1, "k"));
                String sorted = Stream.of("c", "a", "b").sorted().map(String::toUpperCase)
                        .collect(Collectors.joining());
                try (var pool = Executors.newFixedThreadPool(2)) {
                    return lambda.get() + "," + kind(new Round(3)) + "," + kind(new Round(1)) + "," + kind(new Square("q"))
                            + "," + pool.submit(() -> kind(4)).get() + "," + sorted + ","
                            + String.format("%5.2f", 3.14159).strip() + "," + "x1y22".replaceAll("[0-9]+", "#");
                }
            }

            static String recorder() throws Exception {
                var file = java.nio.file.Files.createTempFile("r", ".jfr");
                try (Recording recording = new Recording()) {
                    recording.enable("acme.Event");
                    recording.enable("dev.repoint.Patch");
                    recording.enable("dev.repoint.Link");
                    recording.start();
                    Mine event = new Mine();
                    event.begin();
                    event.text = "one";
                    event.commit();
                    recording.stop();
                    recording.dump(file);
                    boolean mine = RecordingFile.readAllEvents(file).stream()
                            .anyMatch(each -> each.getEventType().getName().equals("acme.Event"));
                    return "recorded " + mine;
                } finally {
                    java.nio.file.Files.delete(file);
                }
            }

            static String logger() {
                Logger.getLogger("acme").info("logged");
                System.getLogger("acme.other").log(System.Logger.Level.INFO, "logged too");
                return "logged";
            }

            static String bean() throws Exception {
                var server = ManagementFactory.getPlatformMBeanServer();
                for (ObjectName name : server.queryNames(new ObjectName("dev.repoint:*"), null)) {
                    Object rows = server.getAttribute(name, "Patchables");
                    return "bean " + (java.lang.reflect.Array.getLength(rows) > 0);
                }
                return "no bean";
            }

            static String now() {
                return UUID.randomUUID().toString().length() + " " + FlightRecorder.isInitialized() + " "
                        + (java.time.Instant.now().getEpochSecond() > 0);
            }

            public static void main(String[] args) throws Exception {
                Scanner in = new Scanner(System.in);
                while (in.hasNextLine()) {
                    String answer = switch (in.nextLine()) {
                        case "language" -> language();
                        case "recorder" -> recorder();
                        case "logger" -> logger();
                        case "bean" -> bean();
                        default -> now();
                    };
                    System.out.println(answer);
                }
            }
        }
        """;

    private static final String LANGUAGE = "lambda Pair[x=3, y=z]true,big,small Round[r=1],q,int 4,ABC,3.14,x#y#";

    @TempDir
    static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() {
        classes = new Sources(folder).compile("everyday", HELLO, EVERYDAY).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patchable=**",
                "patchable=**:*",
                "patchable=java.**;jdk.**",
                "patchable=sun.**;com.sun.**",
                "patchable=**,sites=**,in=**"
            })
    void aProgramStartsWithAllOfItPatchable(String options) throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-cp", classes, "acme.Hello")) {
            assertThat(jvm.read()).isEqualTo("hello");
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchable=**", "patchable=**:*", "patchable=java.**;jdk.**"})
    void aProgramWorksWithAllOfItPatchable(String options) throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent(options), "-Drepoint.log=info", "-cp", classes, "acme.Everyday")) {
            assertThat(jvm.ask("language")).isEqualTo(LANGUAGE);
            assertThat(jvm.ask("logger")).isEqualTo("logged");
            assertThat(jvm.ask("recorder")).isEqualTo("recorded true");
            assertThat(jvm.ask("bean")).isNotEmpty();
            assertThat(jvm.set("java.util.UUID.toString=constant:four"))
                    .singleElement()
                    .extracting(Outcome::target)
                    .isEqualTo("constant:four");
            assertThat(jvm.ask("now")).isEqualTo("4 true true");
            assertThat(jvm.ask("recorder")).isEqualTo("recorded true");
            assertThat(jvm.reset("java.util.UUID.toString")).hasSize(1);
            assertThat(jvm.ask("now")).isEqualTo("36 true true");
            assertThat(jvm.end()).isZero();
        }
    }

    @Test
    void whatAsksForTheRecorderCanBeSetInARunningProgram() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", classes, "acme.Everyday")) {
            jvm.ask("recorder");
            assertThat(jvm.set("jdk.jfr.FlightRecorder.isInitialized=constant:false"))
                    .hasSize(1);
            assertThat(jvm.ask("now")).isEqualTo("36 false true");
            try (RunningJvm running = jvm.connect()) {
                assertThat(running.status()).anyMatch(row -> row.target().equals("constant:false"));
            }
            assertThat(jvm.set("java.util.UUID.toString=constant:four")).hasSize(1);
            assertThat(jvm.ask("now")).isEqualTo("4 false true");
            assertThat(jvm.reset()).hasSize(2);
            assertThat(jvm.ask("now")).isEqualTo("36 true true");
        }
    }

    @Test
    void popularMethodsOfTheJdkArePatchedAtTheirEntry() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", classes, "acme.Everyday")) {
            jvm.ask("now");
            for (String key : List.of(
                    "java.util.UUID.randomUUID=constant:null",
                    "java.time.Instant.now()=default",
                    "java.util.Scanner.nextLine=default")) {
                assertThat(jvm.set(key))
                        .singleElement()
                        .extracting(Outcome::note)
                        .isIn("", "when it is loaded");
                jvm.reset(key.substring(0, key.indexOf('=')));
            }
            assertThat(jvm.set("java.util.HashMap.hash=default"))
                    .singleElement()
                    .extracting(Outcome::note)
                    .asString()
                    .contains("at its calls", "the JVM needs it to link patchables");
        }
    }
}
