package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The classes that a program of one line loads because of Repoint. A class costs a start up to a third of a
/// millisecond, a lambda as much as three classes.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartTest {

    private static final String HELLO = """
        // acme/Hello.java
        package acme;

        %s

        public class Hello {

            public static void main(String[] arguments) {
                System.out.println(greeting());
            }

            %s
            static String greeting() {
                return "hello";
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path hello;
    private static Path annotated;
    private static Path woven;
    private static String emptyAgent;

    @BeforeAll
    static void compile() throws IOException {
        Sources sources = new Sources(folder);
        hello = sources.compile("hello", HELLO.formatted("", ""));
        annotated = sources.compile(
                "annotated",
                List.of("-cp", Jvm.RUNTIME.toString()),
                HELLO.formatted("import dev.repoint.Patchable;", "@Patchable"));
        woven = Sources.woven(annotated);
        emptyAgent = "-javaagent:" + sources.jar(sources.compile("empty", """
            // empty/Empty.java
            package empty;

            public class Empty {

                public static void premain(String options) {}
            }
            """), "empty.Empty");
    }

    @Test
    void anIdleAgentAddsFewClassesToThoseOfAnEmptyOne() throws Exception {
        List<String> added = added(emptyAgent, Jvm.agent(""));

        assertThat(added).filteredOn(StartTest::isOurs).hasSizeBetween(1, 4);
        assertThat(added).filteredOn(name -> !isOurs(name)).hasSizeLessThan(30);
        assertThat(added).noneMatch(StartTest::isOfLambda).noneMatch(StartTest::isOfClassFiles);
    }

    @Test
    void anIdleAgentKeepsTheArchivesOfTheJvm() throws Exception {
        Path jar = new Sources(folder).jar(hello, "");
        String cache = folder.resolve("idle.aot").toString();
        run("-XX:AOTCacheOutput=" + cache, Jvm.agent(""), "-cp", jar.toString());

        List<String> lines = run("-XX:AOTCache=" + cache, "-Xlog:class+load", Jvm.agent(""), "-cp", jar.toString());

        assertThat(lines)
                .contains("hello")
                .noneMatch(line -> line.contains("Sharing is only supported"))
                .anyMatch(line -> line.contains("acme.Hello source: shared objects file"));
    }

    @Test
    void anIdleAgentStartsWithTheFirstClassThatNeedsIt() throws Exception {
        List<String> loaded = loaded(Jvm.agent(""), "-cp", annotated + File.pathSeparator + Jvm.RUNTIME);

        assertThat(loaded).contains("dev.repoint.agent.RunningAgent", "dev.repoint.internal.point.Point");
    }

    /// The annotation is in the class that is loaded later.
    @Test
    void anIdleAgentStartsWithAClassThatReadsAFieldOfAnother() throws Exception {
        Path classes = new Sources(folder).compile("reader", List.of("-cp", Jvm.RUNTIME.toString()), """
            // acme/Hello.java
            package acme;

            public class Hello {

                public static void main(String[] arguments) {
                    System.out.println(Words.greeting);
                }
            }
            """, """
            // acme/Words.java
            package acme;

            import dev.repoint.Patchable;

            class Words {

                @Patchable
                static String greeting = "hello";
            }
            """);

        List<String> with = loaded(Jvm.agent(""), "-cp", classes + File.pathSeparator + Jvm.RUNTIME);
        List<String> without = loaded(Jvm.agent(""), "-cp", classes.toString());

        assertThat(with).contains("dev.repoint.link.ReadSite");
        assertThat(with).containsSubsequence("dev.repoint.agent.RunningAgent", "acme.Hello", "acme.Words");
        assertThat(without)
                .as("without the annotation on the class path")
                .containsSubsequence("acme.Hello", "dev.repoint.agent.RunningAgent", "acme.Words");
    }

    @Test
    void anAgentWithOnePatternSpinsNoLambdas() throws Exception {
        List<String> added = added(emptyAgent, Jvm.agent("patchable=acme.Hello.greeting"));

        assertThat(added).filteredOn(StartTest::isOurs).hasSizeBetween(100, 180);
        assertThat(added).noneMatch(StartTest::isOfLambda);
    }

    @Test
    void aWovenProgramSpinsNoLambdas() throws Exception {
        List<String> plain = loaded("-cp", annotated.toString());
        List<String> added = loaded("-cp", woven + File.pathSeparator + Jvm.RUNTIME);
        added.removeAll(plain);

        assertThat(added).filteredOn(StartTest::isOurs).hasSizeBetween(10, 65);
        assertThat(added).noneMatch(StartTest::isOfLambda);
    }

    /// As `docs/agent.md` advises it.
    @Test
    void anAgentOnTheBootClassPathKeepsTheArchivesOfTheJvm() throws Exception {
        String cache = folder.resolve("hello.aot").toString();
        Path jar = new Sources(folder).jar(hello, "");
        String onBootPath = "-Xbootclasspath/a:" + Jvm.AGENT;
        String agent = Jvm.agent("policy=acme.Hello.greeting=constant:patched");
        run("-XX:AOTCacheOutput=" + cache, onBootPath, agent, "-cp", jar.toString());

        List<String> lines = run("-XX:AOTCache=" + cache, "-Xlog:class+load", onBootPath, agent, "-cp", jar.toString());

        assertThat(lines)
                .contains("patched")
                .noneMatch(line -> line.contains("Sharing is only supported"))
                .anyMatch(line -> line.contains("dev.repoint.agent.RunningAgent source: shared objects file"));
    }

    /// What a run prints.
    private static List<String> run(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("acme.Hello");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor())
                .as("%s%n%s", command, String.join("\n", lines))
                .isZero();
        return lines;
    }

    private static List<String> added(String without, String with) throws Exception {
        List<String> added = loaded(with, "-cp", hello.toString());
        added.removeAll(loaded(without, "-cp", hello.toString()));
        return added;
    }

    private static boolean isOurs(String name) {
        return name.startsWith("dev.repoint.");
    }

    private static boolean isOfLambda(String name) {
        return name.contains("$$Lambda") || name.contains("$$TypeSwitch") || name.contains("SwitchBootstraps");
    }

    private static boolean isOfClassFiles(String name) {
        return name.startsWith("java.lang.classfile.") || name.startsWith("java.util.stream.");
    }

    /// The names of the classes that a run loads. It has to print its line.
    private static List<String> loaded(String... arguments) throws Exception {
        Path log = folder.resolve("loaded.txt");
        try (Jvm jvm = Jvm.start(Stream.concat(
                        Stream.of("-Xlog:class+load:file=" + log + "::filecount=0"),
                        Stream.concat(Arrays.stream(arguments), Stream.of("acme.Hello")))
                .toArray(String[]::new))) {
            assertThat(jvm.read()).isEqualTo("hello");
            assertThat(jvm.end()).isZero();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return new ArrayList<>(lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.substring(line.lastIndexOf(']') + 1, line.indexOf(" source: "))
                            .strip())
                    .toList());
        }
    }
}
