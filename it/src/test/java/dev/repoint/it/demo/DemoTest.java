package dev.repoint.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The demo as users run it, but shorter: a service in a JVM of its own, retargeted under load.
class DemoTest {

    private static final String HOME = System.getProperty("repoint.home");
    private static final Pattern PID = Pattern.compile("\\(pid (\\d+)\\)");

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void everyResultIsRightAndEveryCallArrivesWhereItShould() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), "demo", "--seconds", "6");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("$ repoint set ", "$ repoint reset ")
                .containsPattern("results wrong +0 +0 +0\n")
                .containsPattern("calls at HexFormat +0 +all +[0-9]{1,2}\n")
                .contains(" results checked, 0 wrong\n")
                .doesNotContain("WRONG");
        assertThat(service(out.toString())).isNotPresent();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void theServiceDoesNotOutliveADemoThatIsKilled() throws Exception {
        Process demo = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle service;
        try (BufferedReader lines = demo.inputReader()) {
            service = service(lines.readLine()).orElseThrow();
        } finally {
            demo.destroyForcibly();
        }

        assertThat(service.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    private static List<String> command() {
        Path cli = Path.of(HOME, "cli", "target");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Drepoint.home=" + HOME,
                "-cp",
                cli.resolve("repoint-cli-0.1.0.jar") + File.pathSeparator + cli.resolve("lib") + "/*",
                Main.class.getName(),
                "demo");
    }

    private static Optional<ProcessHandle> service(String text) {
        Matcher pid = PID.matcher(text);
        assertThat(pid.find()).as(text).isTrue();
        return ProcessHandle.of(Long.parseLong(pid.group(1))).filter(ProcessHandle::isAlive);
    }
}
