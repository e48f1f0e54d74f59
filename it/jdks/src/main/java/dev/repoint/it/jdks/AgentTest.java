package dev.repoint.it.jdks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/// The agent, from the start and later.
class AgentTest {

    private static final String SHOP = "dev.repoint.it.jdks.Shop";

    @TempDir
    Path folder;

    @Test
    void entriesAreRedirectedFromTheStart() {
        try (Jvm jvm = Jvm.withAgent("patchable=" + SHOP + ".**,policy=" + SHOP + ".price=" + SHOP + ".sum,policy="
                + SHOP + "$Till.count=" + SHOP + "$Till.more")) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.ask("virtual")).isEqualTo("105");
            assertThat(jvm.ask("lambda")).isEqualTo("42");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void callsAreRedirectedFromTheStart() {
        try (Jvm jvm = Jvm.withAgent("sites=" + SHOP + ".twice,policy=" + SHOP + ".twice=constant:9,"
                + "sites=java.time.Clock.systemUTC,policy=java.time.Clock.systemUTC=" + SHOP + ".stopped")) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("lambda")).isEqualTo("9");
            assertThat(jvm.ask("clock")).isEqualTo("FixedClock[1970-01-01T00:00:00Z,Z]");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void callsArePointedElsewhereWhileClassesLoad() {
        try (Jvm jvm = Jvm.withAgent("direct=" + SHOP + ".price=" + SHOP + ".sum;" + SHOP + ".twice=" + SHOP
                + ".thrice;" + "java.time.Clock.systemUTC=" + SHOP + ".stopped")) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.ask("lambda")).isEqualTo("63");
            assertThat(jvm.ask("clock")).isEqualTo("FixedClock[1970-01-01T00:00:00Z,Z]");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void fieldsHaveOtherValues() {
        try (Jvm jvm = Jvm.withAgent("policy=" + SHOP + ".discount=true")) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("discount")).isEqualTo("true");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void aRunningProgramGetsTheAgentTwice() throws Exception {
        try (Jvm jvm = Jvm.start(List.of(Jvm.classes()), "-XX:+EnableDynamicAgentLoading", SHOP)) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("12");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            try {
                machine.loadAgent(Jvm.AGENT, "policy=" + SHOP + ".price=" + SHOP + ".sum");
                assertThat(machine.getSystemProperties().getProperty("dev.repoint.failure"))
                        .isNull();
                assertThat(jvm.ask("price")).isEqualTo("7");
                machine.loadAgent(Jvm.AGENT, "policy=" + SHOP + ".discount=true");
                assertThat(jvm.ask("discount")).isEqualTo("true");
            } finally {
                machine.detach();
            }
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void aPolicyFileIsFollowed() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy"), SHOP + ".price = " + SHOP + ".sum\n");
        try (Jvm jvm = Jvm.withAgent("policyfile=" + policy)) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    @Test
    void aRecordingHasTheLinks() throws IOException {
        Path recording = folder.resolve("shop.jfr");
        try (Jvm jvm = Jvm.start(
                List.of(Jvm.classes()),
                "-XX:StartFlightRecording=filename=" + recording,
                "-javaagent:" + Jvm.AGENT + "=policy=" + SHOP + ".price=" + SHOP + ".sum",
                SHOP)) {
            jvm.line();
            while (!jvm.ask("price").equals("7")) {
                // the JVM prints lines of its own at the start
            }
            assertThat(jvm.end()).startsWith("0 ");
        }
        assertThat(RecordingFile.readAllEvents(recording))
                .extracting(event -> event.getEventType().getName())
                .contains("dev.repoint.Link");
    }

    /// Entries, fields, and calls of the JDK, in every class of a library.
    @Test
    void aLibraryThatIsWovenAsItIsLoadedIsAcceptedByTheVerifierAndWorks() {
        String guava = System.getProperty("it.plain", "");
        try (Jvm jvm = Jvm.start(
                List.of(guava, Jvm.classes()),
                "-Xverify:all",
                "-javaagent:" + Jvm.AGENT + "=patchable=com.google.**;com.google.**:boolean,"
                        + "sites=java.util.**;java.lang.Math.*,in=com.google.**",
                Loads.class.getName(),
                guava)) {
            assertThat(jvm.line()).matches("loaded [0-9]{4} classes, 3628800");
            assertThat(jvm.end()).startsWith("0 ");
        }
    }

    /// The lists of what must stay as it is are computed. If one were too short on this JDK, linking would call itself.
    @Test
    void theWholeJdkIsPatchable() throws IOException {
        Path report = folder.resolve("report");
        try (Jvm jvm = Jvm.withAgent("patchable=java.**,patchable=javax.**,patchable=sun.**,patchable=jdk.**,report="
                + report + ",policy=" + SHOP + ".price=" + SHOP + ".sum")) {
            assertThat(jvm.line()).isEqualTo("up");
            assertThat(jvm.ask("price")).isEqualTo("7");
            assertThat(jvm.ask("lambda")).isEqualTo("42");
            assertThat(jvm.ask("clock")).contains("SystemClock");
            assertThat(jvm.end()).startsWith("0 ");
        }
        assertThat(Files.readAllLines(report).stream().filter(line -> line.startsWith("entry java.")))
                .hasSizeGreaterThan(2_000);
    }

    /// From Java 26 on a JVM takes a minute to exit before `main`, whatever agent it has.
    @Test
    @EnabledForJreRange(maxVersion = 25)
    void aWrongOptionIsOneLine() {
        try (Jvm jvm = Jvm.withAgent("nonsense=1")) {
            assertThat(jvm.end()).startsWith("1 ").contains("repoint: unknown agent option 'nonsense'");
        }
    }
}
