package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.cli.doctor.ProbeMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `set`, `status` and `reset` on a JVM that was started without an agent.
class RunningJvmTest {

    private static final String KEY = ProbeMain.class.getName() + ".answer()";

    private Process jvm;
    private BufferedReader answers;
    private String pid;

    @BeforeEach
    void start() throws IOException {
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        Path.of("target", "classes").toString(),
                        ProbeMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = jvm.inputReader();
        pid = Long.toString(jvm.pid());
        assertThat(answer()).isEqualTo("default");
    }

    @AfterEach
    void stop() {
        jvm.destroyForcibly();
    }

    @Test
    void aTargetIsSetShownAndReset() throws IOException {
        Ran set = Ran.repoint("set", pid, ProbeMain.class.getName() + ".answer=constant:a=b");
        assertThat(set.exit()).as(set.err()).isEqualTo(ExitCode.OK);
        assertThat(set.err())
                .startsWith("repoint: loading the agent into process " + pid)
                .hasLineCount(1);
        assertThat(set.out()).startsWith(KEY + ": default -> constant").hasLineCount(1);
        assertThat(answer()).isEqualTo("a=b");

        Ran status = Ran.repoint("status", pid);
        assertThat(status.err()).isEmpty();
        assertThat(status.out().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).matches("patchable +target +mode +links +changes +note");
            assertThat(lines.get(1)).startsWith(KEY + "  constant").contains("a=b");
        });

        Ran reset = Ran.repoint("reset", pid);
        assertThat(reset.err()).isEmpty();
        assertThat(reset.out()).startsWith(KEY + ": ").endsWith(" -> default\n").hasLineCount(1);
        assertThat(answer()).isEqualTo("default");
    }

    @Test
    void theStatusAsJsonHasOneObjectForEachPatchable() throws IOException {
        Ran.repoint("set", pid, KEY + "=constant:\u00e4\"");

        Ran status = Ran.repoint("status", pid, "--json");

        JsonObject read = JsonParser.parseString(status.out()).getAsJsonObject();
        assertThat(read.get("pid").getAsLong()).isEqualTo(jvm.pid());
        assertThat(read.getAsJsonArray("patchables")).hasSize(1);
        JsonObject patchable = read.getAsJsonArray("patchables").get(0).getAsJsonObject();
        assertThat(patchable.keySet())
                .containsExactly("key", "default", "target", "mode", "links", "changes", "loader", "note");
        assertThat(patchable.get("key").getAsString()).isEqualTo(KEY);
        assertThat(patchable.get("target").getAsString()).contains("\u00e4\"");
        assertThat(patchable.get("changes").getAsLong()).isEqualTo(1);
    }

    @Test
    void aKeyThatMatchesNothingIsRefusedWithTheNearest() throws IOException {
        Ran ran = Ran.repoint("set", pid, ProbeMain.class.getName() + ".anser=constant:x");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().toList().getLast())
                .startsWith("repoint: ")
                .contains(ProbeMain.class.getName() + ".anser", KEY);
        assertThat(answer()).isEqualTo("default");
    }

    @Test
    void ofSeveralChangesAllAreMadeOrNone() throws IOException {
        Ran ran = Ran.repoint("set", pid, KEY + "=constant:x", KEY + "=nothing");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err().lines().toList().getLast()).startsWith("repoint: ").contains(KEY);
        assertThat(answer()).isEqualTo("default");
    }

    @Test
    void aJvmWithoutPatchablesSaysSoAndPrintsNothing() {
        Ran status = Ran.repoint("status", pid);

        assertThat(status.exit()).isEqualTo(ExitCode.OK);
        assertThat(status.out()).isEmpty();
        assertThat(status.err()).contains("repoint: process " + pid + " has no patchables yet");
        assertThat(JsonParser.parseString(Ran.repoint("status", pid, "--json").out())
                        .getAsJsonObject()
                        .getAsJsonArray("patchables"))
                .isEmpty();

        Ran reset = Ran.repoint("reset", pid);
        assertThat(reset.exit()).isEqualTo(ExitCode.OK);
        assertThat(reset.err()).startsWith("repoint: nothing to reset");
    }

    private String answer() throws IOException {
        jvm.getOutputStream().write('\n');
        jvm.getOutputStream().flush();
        return answers.readLine();
    }
}
