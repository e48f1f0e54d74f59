package dev.repoint.it.log4shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// CVE-2021-44228 in a service that logs what users send. The attacker's server listens on loopback, and is
/// really reached.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class Log4ShellTest {

    private static final String LOOKUP = "org.apache.logging.log4j.core.lookup.JndiLookup.lookup";
    private static final Path AGENT = jar("agent");
    private static final Path RUNTIME = jar("runtime");

    @TempDir
    Path folder;

    private static Path jar(String room) {
        return Guest.HOME.resolve("jvm/" + room + "/target/repoint-" + room + "-" + Repoint.version() + ".jar");
    }

    private static String repoint(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }

    private Path policy() throws Exception {
        return Files.writeString(folder.resolve("log4shell.policy"), LOOKUP + " = constant:null\n");
    }

    private void assertClosed(Guest guest) throws Exception {
        assertThat(guest.asksTheAttacker()).as("the attacker's server is asked").isFalse();
        assertThat(guest.log())
                .as("what the user sent is logged as it came")
                .contains("signed by ${jndi:ldap://127.0.0.1:");
    }

    @Test
    void oneCommandClosesItWhileTheServiceRunsAndResetOpensItAgain() throws Exception {
        try (Guest guest = Guest.start(folder, List.of(Guest.core()))) {
            assertThat(guest.asksTheAttacker()).as("the hole is there").isTrue();

            assertThat(repoint("set", guest.pid(), LOOKUP + "=constant:null"))
                    .isEqualTo(LOOKUP
                            + "(org.apache.logging.log4j.core.LogEvent,java.lang.String): default -> constant:null\n");
            assertClosed(guest);
            assertClosed(guest);

            repoint("reset", guest.pid());
            assertThat(guest.asksTheAttacker()).as("the hole is there again").isTrue();
        }
    }

    @Test
    void aPolicyFileClosesItFromTheStart() throws Exception {
        try (Guest guest =
                Guest.start(folder, List.of(Guest.core()), "-javaagent:" + AGENT + "=policyfile=" + policy())) {
            assertClosed(guest);

            repoint("reset", guest.pid());
            assertThat(guest.asksTheAttacker())
                    .as("the policy alone had closed it")
                    .isTrue();
        }
    }

    @Test
    void aPolicyFileClosesTheWovenJarWithoutAnAgent() throws Exception {
        Path woven = folder.resolve("log4j-core-woven.jar");
        repoint("weave", Guest.core().toString(), "--patchable", LOOKUP, "-o", woven.toString());

        try (Guest guest = Guest.start(folder, List.of(woven, RUNTIME))) {
            assertThat(guest.asksTheAttacker()).as("the hole is there").isTrue();
        }
        try (Guest guest = Guest.start(folder, List.of(woven, RUNTIME), "-Drepoint.policy=" + policy())) {
            assertClosed(guest);
        }
    }

    @Test
    void aPatchedJarIsClosed() throws Exception {
        Path patched = folder.resolve("log4j-core-closed.jar");
        repoint("patch", Guest.core().toString(), LOOKUP + "=constant:null", "-o", patched.toString());

        try (Guest guest = Guest.start(folder, List.of(patched, RUNTIME))) {
            assertClosed(guest);
        }
    }
}
