package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `repoint doctor PID` says of a JVM: what a change would say, and what was patched in Java.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DoctorOfJvmTest {

    @TempDir
    static Path folder;

    private static String shop;

    @BeforeAll
    static void compile() {
        shop = new Sources(folder)
                .compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    private record Ran(int exit, String out) {}

    private static Ran doctor(long pid) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), "doctor", Long.toString(pid));
        assertThat(err.toString()).isEmpty();
        return new Ran(exit, out.toString());
    }

    /// The line of a check that is off is the refusal that a change meets.
    private static void assertTheSame(Jvm jvm) {
        Ran ran = doctor(jvm.pid());

        assertThat(ran.exit()).as(ran.out()).isEqualTo(1);
        String said = ran.out()
                .lines()
                .filter(line -> line.startsWith("OFF"))
                .map(line -> line.substring("OFF   attach   ".length()))
                .toList()
                .toString();
        assertThatThrownBy(jvm::connect).hasMessage(said.substring(1, said.length() - 1));
    }

    @Test
    void whatWasPatchedInJavaIsSaidAndNothingIsLoadedForThat() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            Ran before = doctor(jvm.pid());
            assertThat(before.exit()).as(before.out()).isZero();
            assertThat(before.out())
                    .contains("ok    attach   it runs Java ", "ok    Java     the agent was not loaded")
                    .doesNotContain("emit-relocs");
            assertThat(jvm.ask("property")).as("the agent's socket").isEqualTo("null");

            jvm.set("acme.Shop.price(int)=acme.Sale.price");
            assertThat(doctor(jvm.pid()).out()).contains("ok    Java     acme.Shop.price(int) -> acme.Sale.price");
            jvm.reset();
            assertThat(doctor(jvm.pid()).out()).contains("ok    Java     no patchable is redirected");
        }
    }

    @Test
    void anIdleAgentOpensItsSocketForCommands() throws Exception {
        try (Jvm jvm = Jvm.start(Jvm.agent(""), "-cp", shop, "acme.Shop")) {
            while (jvm.ask("property").equals("null")) {
                Thread.onSpinWait();
            }
            assertThat(doctor(jvm.pid()).out()).contains("ok    Java     no patchable is redirected");
        }
    }

    @Test
    void callsThatWerePointedElsewhereAreSaid() throws Exception {
        String direct = Jvm.agent("direct=acme.Shop.price(int)=acme.Sale.price");
        try (Jvm jvm = Jvm.start(direct, "-cp", shop, "acme.Shop")) {
            while (jvm.ask("property").equals("null")) {
                Thread.onSpinWait(); // the agent opens its socket a little later
            }
            assertThat(doctor(jvm.pid()).out())
                    .contains("ok    Java     no patchable is redirected")
                    .contains(
                            "ok    direct   acme.Shop.price(int) -> acme.Sale.price(int): pointed elsewhere for good,");
        }
    }

    @Test
    void aJvmThatLetsNobodyAttachIsOff() throws Exception {
        try (Jvm jvm = Jvm.start("-XX:+DisableAttachMechanism", "-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            assertTheSame(jvm);
        }
    }

    @Test
    void aJvmThatLetsNoAgentBeLoadedIsOff() throws Exception {
        try (Jvm jvm = Jvm.start("-XX:-EnableDynamicAgentLoading", "-cp", shop, "acme.Shop")) {
            jvm.ask("price");
            assertTheSame(jvm);
        }
    }

    @Test
    void anOlderJavaIsOff() throws Exception {
        Process process = FirstAttachTest.programOfAnOlderJvm(new Sources(folder));
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("up");
            Ran ran = doctor(process.pid());
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).containsPattern("OFF   attach   process \\d+ \\(java\\) runs Java 11; Repoint needs");
        } finally {
            process.destroyForcibly();
        }
    }
}
