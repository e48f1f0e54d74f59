package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import dev.repoint.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/// Logback as it comes from Maven Central, below a program that knows nothing of Repoint: what it logs is
/// switched while it runs, by configuration alone.
class LogbackTest {

    private static final String CHECK = "ch.qos.logback.classic.Logger.isDebugEnabled()";
    private static final String CALL = "ch.qos.logback.classic.Logger.debug(java.lang.String,java.lang.Object)";
    private static final String FILTERS = "ch.qos.logback.classic.LoggerContext.getTurboFilterChainDecision*";
    private static final String OFF = CHECK + " = constant:false\n" + CALL + " = nothing\n";
    private static final String ON = FILTERS + " = constant:ACCEPT\n";

    /// What the program logs at a time, each with how many messages it made for calls behind a check.
    private static final String INFO_ONLY = "made 0, logged: always 1";
    private static final String EVERYTHING = "made 1, logged: checked 1, unchecked 1, always 1";

    private static final String ORDERS = """
        // acme/Orders.java
        package acme;

        import ch.qos.logback.classic.spi.ILoggingEvent;
        import ch.qos.logback.core.read.ListAppender;
        import java.io.BufferedReader;
        import java.io.InputStreamReader;
        import java.util.stream.Collectors;
        import org.slf4j.Logger;
        import org.slf4j.LoggerFactory;

        public class Orders {

            private static final Logger log = LoggerFactory.getLogger(Orders.class);
            private static int made;

            static String message() {
                made++;
                return "checked 1";
            }

            static void log() {
                if (log.isDebugEnabled()) {
                    log.debug("{}", message());
                }
                log.debug("unchecked {}", 1);
                log.info("always {}", 1);
            }

            public static void main(String[] args) throws Exception {
                ListAppender<ILoggingEvent> memory = new ListAppender<>();
                memory.start();
                var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
                root.detachAndStopAllAppenders();
                root.addAppender(memory);
                root.setLevel(ch.qos.logback.classic.Level.valueOf(args[0]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    made = 0;
                    memory.list.clear();
                    log();
                    System.out.println("made " + made + ", logged: " + memory.list.stream()
                            .map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining(", ")));
                }
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path program;
    private static Path classic;
    private static String others;

    @BeforeAll
    static void compile() throws URISyntaxException {
        classic = jarOf(LoggerContext.class);
        others = jarOf(Appender.class) + File.pathSeparator + jarOf(Logger.class);
        program = new Sources(folder).compile("orders", List.of("-cp", path(classic)), ORDERS);
    }

    private static Path jarOf(Class<?> member) throws URISyntaxException {
        return Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String path(Path logback) {
        return logback + File.pathSeparator + others;
    }

    private static String repoint(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }

    /// As an operator does, so that nobody sees half of it.
    private static void write(Path policy, String text) throws IOException {
        Path next = Files.writeString(policy.resolveSibling("next"), text);
        Files.move(next, policy, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void assertSwitched(Jvm jvm, Path policy, String plainly) throws IOException {
        assertThat(jvm.ask("log")).isEqualTo(plainly);
        write(policy, ON);
        jvm.await("log", EVERYTHING);
        write(policy, OFF);
        jvm.await("log", INFO_ONLY);
        write(policy, CHECK + " = constant:true\n" + CALL + " = nothing\n");
        jvm.await("log", "made 1, logged: always 1");
        write(policy, "");
        jvm.await("log", plainly);
        assertThat(jvm.errors())
                .as("each change is told, and nothing else")
                .allMatch(line -> line.endsWith("dev.repoint.internal.policy.PolicyFile log")
                        || line.contains(policy + " applied: "));
    }

    @Test
    void aPolicyFileSwitchesItUnderTheAgent() throws IOException {
        for (String level : List.of("INFO", "DEBUG")) {
            Path policy = Files.writeString(folder.resolve(level + ".policy"), "");
            try (Jvm jvm = Jvm.start(
                    Jvm.agent("policyfile=" + policy + ",watch=true"),
                    "-cp",
                    path(classic) + File.pathSeparator + program,
                    "acme.Orders",
                    level)) {
                assertSwitched(jvm, policy, level.equals("INFO") ? INFO_ONLY : EVERYTHING);
            }
        }
    }

    @Test
    void aPolicyFileSwitchesTheWovenJarWithoutAnAgent() throws IOException {
        Path woven = folder.resolve("logback-classic-patchable.jar");
        repoint(
                "weave",
                classic.toString(),
                "-o",
                woven.toString(),
                "--patchable",
                CHECK,
                "--patchable",
                CALL,
                "--patchable",
                FILTERS);
        Path policy = Files.writeString(folder.resolve("woven.policy"), "");
        try (Jvm jvm = Jvm.start(
                "-Drepoint.policy=" + policy,
                "-Drepoint.policy.watch=true",
                "-cp",
                path(woven) + File.pathSeparator + program + File.pathSeparator + Jvm.RUNTIME,
                "acme.Orders",
                "INFO")) {
            assertSwitched(jvm, policy, INFO_ONLY);
        }
    }

    @Test
    void theCommandSwitchesItInAProgramThatRunsAlready() throws IOException {
        try (Jvm jvm = Jvm.start("-cp", path(classic) + File.pathSeparator + program, "acme.Orders", "DEBUG")) {
            String pid = Long.toString(jvm.pid());
            assertThat(jvm.ask("log")).isEqualTo(EVERYTHING);
            repoint("set", pid, CHECK + "=false", CALL + "=nothing");
            assertThat(jvm.ask("log")).isEqualTo(INFO_ONLY);
            assertThat(repoint("status", pid)).contains("ch.qos.logback.classic.Logger.isDebugEnabled");
            repoint("reset", pid, CHECK);
            assertThat(jvm.ask("log")).as("the calls that are left are skipped").isEqualTo("made 1, logged: always 1");
            repoint("reset", pid, CALL);
            assertThat(jvm.ask("log")).isEqualTo(EVERYTHING);
        }
    }
}
