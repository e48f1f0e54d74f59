package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A program that is retargeted while threads of it do nothing but call.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LoadTest {

    private static final int WARM_UP = 50;
    private static final int ROUNDS = Integer.getInteger("repoint.attach.rounds", 100);
    private static final int BROUGHT = 60;

    @TempDir
    static Path folder;

    private static String program;

    @BeforeAll
    static void compile() {
        program = new Sources(folder).compile("load", Programs.LOAD).toString();
    }

    @Test
    void everyCallReachesTheDefaultOrATargetAndNewCallsTheNewOne() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.COMPILED, "-cp", program, "acme.Load", "4")) {
            assertThat(jvm.ask("value")).isEqualTo("1");
            for (int i = 0; i < 10; i++) {
                jvm.force("acme.Load.value=acme.Load.two");
                assertThat(jvm.ask("value")).isEqualTo("2");
                jvm.set("acme.Load.value=acme.Load.three");
                assertThat(jvm.ask("value")).isEqualTo("3");
                jvm.reset();
                assertThat(jvm.ask("value")).isEqualTo("1");
            }
            assertThat(jvm.ask("wrong")).isEqualTo("0");
        }
    }

    /// Each round attaches twice, from each of two processes: four hundred times in all.
    @Test
    void attachingHundredsOfTimesFromTwoProcessesLeavesNothingBehind() throws Exception {
        try (Jvm jvm = Jvm.start("-Xmx256m", "-cp", program, "acme.Load", "1")) {
            jvm.ask("value");
            attack(jvm, WARM_UP);
            long[] before = measure(jvm);
            attack(jvm, ROUNDS - WARM_UP);
            long[] after = measure(jvm);

            assertThat(jvm.ask("wrong")).isEqualTo("0");
            String found = "before " + Arrays.toString(before) + ", after " + Arrays.toString(after);
            assertThat(after[0]).as("threads: " + found).isLessThanOrEqualTo(before[0]);
            assertThat(after[1]).as("open files: " + found).isLessThanOrEqualTo(before[1]);
            assertThat(after[2]).as("loaded classes: " + found).isLessThanOrEqualTo(before[2] + 20);
            assertThat(after[3]).as("heap, kB: " + found).isLessThanOrEqualTo(before[3] + 1024);
            // Classes that stay are counted above. This is what the JVM notes down for its compilers: some hundred.
            assertThat(after[4]).as("metaspace, kB: " + found).isLessThanOrEqualTo(before[4] + 1024);
            jvm.reset();
            assertThat(jvm.ask("value")).isEqualTo("1");
            jvm.end();
            assertThat(jvm.errors()).isEmpty();
        }
    }

    /// A jar that is newer each time is loaded anew each time.
    @Test
    void bringingTargetsAlongAgainAndAgainLeavesNothingBehind() throws Exception {
        Sources sources = new Sources(folder);
        Path jar = sources.jar(sources.compile("fix", """
            // fix/Fix.java
            package fix;

            public class Fix {
                public static int value(int n) {
                    return n + 2;
                }
            }
            """), "");
        try (Jvm jvm = Jvm.start("-cp", program, "acme.Load", "1")) {
            jvm.ask("value");
            bring(jvm, jar, 10);
            long[] before = measure(jvm);
            bring(jvm, jar, BROUGHT);
            long[] after = measure(jvm);
            for (int i = 0; i < 20 && after[1] > before[1] + 2; i++) {
                after = measure(jvm); // the files of loaders that were collected are closed by another thread
            }

            assertThat(jvm.ask("wrong")).isEqualTo("0");
            String found = "before " + Arrays.toString(before) + ", after " + Arrays.toString(after);
            assertThat(after[1]).as("open files: " + found).isLessThanOrEqualTo(before[1] + 2);
            // Each round loads two classes; the JDK loads some of its own late.
            assertThat(after[2]).as("loaded classes: " + found).isLessThanOrEqualTo(before[2] + BROUGHT / 2);
        }
    }

    private static void bring(Jvm jvm, Path jar, int rounds) throws Exception {
        try (RunningJvm running = jvm.connect()) {
            for (int i = 0; i < rounds; i++) {
                long newer = Files.getLastModifiedTime(jar).toMillis() + 1000;
                Files.setLastModifiedTime(jar, FileTime.fromMillis(newer));
                running.set(List.of(new Change("acme.Load.value", "fix.Fix.value")), List.of(jar), true);
                assertThat(jvm.ask("value")).isEqualTo("2");
                running.reset(List.of());
            }
        }
    }

    private static void attack(Jvm jvm, int rounds) throws Exception {
        List<Process> attackers = new ArrayList<>();
        for (String target : List.of("acme.Load.two", "acme.Load.three")) {
            attackers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "-Drepoint.home=" + System.getProperty("repoint.home"),
                            Attacker.class.getName(),
                            Long.toString(jvm.pid()),
                            target,
                            Integer.toString(rounds))
                    .inheritIO()
                    .start());
        }
        for (Process attacker : attackers) {
            assertThat(attacker.waitFor()).as("an attacker without an error").isZero();
        }
    }

    private static long[] measure(Jvm jvm) throws Exception {
        return Arrays.stream(jvm.ask("measure").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /// Sets and resets, attaching anew for each command.
    static final class Attacker {

        private Attacker() {}

        public static void main(String[] args) {
            long pid = Long.parseLong(args[0]);
            for (int round = Integer.parseInt(args[2]); round > 0; round--) {
                try (RunningJvm jvm = RunningJvm.connect(pid, Jvm.AGENT, line -> {})) {
                    jvm.set(List.of(new Change("acme.Load.value", args[1])), List.of(), true);
                }
                try (RunningJvm jvm = RunningJvm.connect(pid, Jvm.AGENT, line -> {})) {
                    jvm.reset(List.of("acme.Load.value"));
                }
            }
        }
    }
}
