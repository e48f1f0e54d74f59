package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs on a Java 17 to 24: their JDK has no class-file library, so the agent brings one. `it/jdks/run` tries more on
/// more of them.
class OlderJavaTest {

    private static final String ADD = "acme.Main.add(int,int)";

    @TempDir
    Path folder;

    private Path java;
    private Path program;

    @BeforeEach
    void find() throws Exception {
        java = olderJava();
        assumeThat(java)
                .as("a JDK from 17 to 24, as the Debian package openjdk-17-jdk-headless has")
                .isNotNull();
        program = new Sources(folder).compile("program", List.of("--release", "17"), """
            // acme/Main.java
            package acme;

            import java.util.Scanner;

            public class Main {

                static int add(int a, int b) {
                    return a + b;
                }

                static int multiply(int a, int b) {
                    return a * b;
                }

                public static void main(String[] args) {
                    Scanner in = new Scanner(System.in);
                    System.out.println(add(3, 4));
                    while (in.hasNextLine() && !in.nextLine().isEmpty()) {
                        System.out.println(add(3, 4));
                    }
                }
            }
            """);
    }

    @Test
    void methodsAreRedirectedFromTheStart() throws Exception {
        Process process = start("-javaagent:" + Jvm.AGENT + "=policy=acme.Main.add=acme.Main.multiply");
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("12");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void callsAreRedirectedFromTheStart() throws Exception {
        Process process =
                start("-javaagent:" + Jvm.AGENT + "=sites=acme.Main.add,policy=acme.Main.add=acme.Main.multiply");
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("12");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCommandAttachesAndSetsAndResets() throws Exception {
        Process process = start("-XX:+EnableDynamicAgentLoading");
        BufferedReader out = process.inputReader();
        try (Writer in = process.outputWriter()) {
            assertThat(out.readLine()).isEqualTo("7");
            try (RunningJvm jvm = RunningJvm.connect(process.pid(), Jvm.AGENT, line -> {})) {
                jvm.set(List.of(new Change(ADD, "acme.Main.multiply")), List.of());
                assertThat(ask(in, out)).isEqualTo("12");
                assertThat(jvm.status())
                        .extracting(PatchableStatus::key, PatchableStatus::target)
                        .containsExactly(tuple(ADD, "acme.Main.multiply"));
                jvm.reset(List.of(ADD));
                assertThat(ask(in, out)).isEqualTo("7");
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String ask(Writer in, BufferedReader out) throws IOException {
        in.write("again\n");
        in.flush();
        return out.readLine();
    }

    private Process start(String option) throws IOException {
        return new ProcessBuilder(java.toString(), option, "-cp", program.toString(), "acme.Main").start();
    }

    private static Path olderJava() throws IOException, InterruptedException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path java = Path.of(folder, "java");
            if (Files.isExecutable(java)) {
                Process asked = new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version")
                        .redirectErrorStream(true)
                        .start();
                boolean old = asked.inputReader()
                        .lines()
                        .filter(line -> line.contains("java.specification.version"))
                        .anyMatch(line -> line.matches(".*= (1[7-9]|2[0-4])"));
                asked.waitFor();
                if (old) {
                    return java;
                }
            }
        }
        return null;
    }
}
