package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `sites`, `set`, `status`, `reset` and `watch` on a program in C that runs and knows nothing of Repoint.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RunningProgramTest {

    @TempDir
    private Path folder;

    private Answering answering;
    private Detached program;
    private String pid;

    @BeforeEach
    void start() throws IOException {
        answering = new Answering(folder);
        program = answering.start(answering.program());
        pid = Long.toString(program.pid());
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        if (program != null) { // not where there is no compiler
            program.close();
        }
    }

    @Test
    void aFunctionIsSetShownAndReset() throws IOException {
        Ran set = repoint("set", pid, "price=cheap");
        assertThat(set.out()).isEqualTo("answering:price: default -> cheap (1 site)\n");
        assertThat(set.err()).contains("process " + pid + " was stopped for ");
        assertThat(program.ask("?")).isEqualTo("30 62 3 said");

        assertThat(repoint("status", pid).out().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).matches("patchable +target +sites +since +note");
            assertThat(lines.get(1)).startsWith("answering:price  cheap ");
        });
        assertThat(repoint("sites", pid, "--patchable", "price").out())
                .containsPattern("call +0x[0-9a-f]+ +main.* -> cheap");

        assertThat(repoint("reset", pid, "price").out()).isEqualTo("answering:price: cheap -> default (1 site)\n");
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        Ran status = repoint("status", pid);
        assertThat(status.out()).isEmpty();
        assertThat(status.err()).contains("every patchable of process " + pid + " is at its default");
    }

    @Test
    void aFunctionIsSetAtItsEntryShownAndReset() throws IOException {
        Ran set = repoint("set", pid, "price=cheap", "--by", "entry");
        assertThat(set.out()).isEqualTo("answering:price: default -> cheap (entry)\n");
        assertThat(program.ask("?")).isEqualTo("30 62 3 said");

        assertThat(repoint("status", pid).out().lines().toList().get(1)).matches("answering:price +cheap +entry .*");
        assertThat(json(repoint("status", pid, "--json"))
                        .getAsJsonArray("patchables")
                        .get(0)
                        .getAsJsonObject()
                        .get("by")
                        .getAsString())
                .isEqualTo("entry");

        Ran both = Ran.repoint("set", pid, "price=cheap", "--by", "sites");
        assertThat(both.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(both.err()).contains("price: is set at its entry now");

        assertThat(repoint("reset", pid, "price").out()).isEqualTo("answering:price: cheap -> default (entry)\n");
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
    }

    @Test
    void severalChangeByOnePatchAndAllAreReset() throws IOException {
        repoint("set", pid, "price=zero", "taxing=less_tax", "say=nothing", "toupper=zero");
        assertThat(program.ask("?")).isEqualTo("0 4 -64 silent");

        repoint("set", pid, "price=tax");
        assertThat(program.ask("?")).isEqualTo("62 4 -64 silent");

        assertThat(repoint("reset", pid).out()).hasLineCount(4);
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        assertThat(repoint("reset", pid).err()).startsWith("repoint: nothing to reset");
    }

    @Test
    void aPointerInDataIsASiteOfTheFunctionThatItHolds() throws IOException {
        repoint("set", pid, "tax=less_tax");
        assertThat(program.ask("?")).isEqualTo("60 4 3 said");

        repoint("reset", pid);
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
    }

    @Test
    void ofSeveralChangesAllAreMadeOrNone() throws IOException {
        Ran ran = Ran.repoint("set", pid, "price=cheap", "tax=there_is_none");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        assertThat(repoint("status", pid).out()).isEmpty();
    }

    @Test
    void aFunctionThatIsToLeadToItselfIsRefused() throws IOException {
        Ran ran = Ran.repoint("set", pid, "price=price");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err())
                .contains("price: the target is the patchable itself; write price=default to give back its default");
    }

    @Test
    void aLibraryIsBroughtAlong() throws IOException {
        Path library = answering.library();

        Ran set = repoint("set", pid, "price=price_fixed", "--load", library.toString());
        assertThat(set.out()).isEqualTo("answering:price: default -> libfix.so:price_fixed (1 site)\n");
        assertThat(program.ask("?")).isEqualTo("14 62 3 said");

        repoint("reset", pid);
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
    }

    @Test
    void theTypesOfDebugInformationCanBeOverruled() throws IOException {
        assertThat(Ran.repoint("set", pid, "price=wide").exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);

        repoint("set", pid, "say=price", "--force");
        assertThat(program.ask("?")).isEqualTo("60 62 3 silent");
    }

    @Test
    void importsOfAStrippedProgramWithReadOnlySlotsAreSetAndReset() throws IOException {
        program.close();
        Path stripped = answering.program("-fno-plt", "-Wl,-z,relro,-z,now");
        Run.succeeding(folder, List.of(Tool.STRIP.required().command(), "-s", stripped.toString()));
        program = answering.start(stripped);
        pid = Long.toString(program.pid());

        Ran sites = repoint("sites", pid);
        assertThat(sites.out()).contains("strcpy@GLIBC_2.2.5  1 site  import\n").contains("got-slot");
        assertThat(sites.err()).contains("no symbols");

        repoint("set", pid, "strcpy=zero");
        assertThat(program.ask("?")).isEqualTo("60 62 3 silent");
        repoint("reset", pid);
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
    }

    @Test
    void ofAProgramWhoseFileWasReplacedCountsWhatRuns() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root may read deleted files through the kernel");
        program.close();
        Path running = Files.copy(folder.resolve("answering"), folder.resolve("running"));
        program = answering.start(running);
        pid = Long.toString(program.pid());
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        Files.delete(running);
        Files.writeString(running, "another file");

        repoint("set", pid, "running:price=cheap");
        assertThat(program.ask("?")).isEqualTo("30 62 3 said");
    }

    @Test
    void theAnswersAsJsonHaveOneObjectForEachPatchable() {
        JsonObject set = json(repoint("set", pid, "price=cheap", "say=nothing", "--json"));
        assertThat(set.keySet()).containsExactly("pid", "sites", "pauseNanos", "threads", "borrowedNanos", "changes");
        assertThat(set.get("pauseNanos").getAsLong()).isPositive();
        JsonObject price = set.getAsJsonArray("changes").get(0).getAsJsonObject();
        assertThat(price.get("key").getAsString()).isEqualTo("price");
        assertThat(price.get("target").getAsString()).isEqualTo("cheap");

        JsonArray status = json(repoint("status", pid, "--json")).getAsJsonArray("patchables");
        assertThat(status).hasSize(2);
        assertThat(status.get(0).getAsJsonObject().keySet())
                .containsExactly("module", "key", "target", "by", "sites", "changed", "since", "note");

        assertThat(json(repoint("reset", pid, "--json")).getAsJsonArray("changes"))
                .hasSize(2);
        JsonArray findings = json(repoint("doctor", pid, "--json")).getAsJsonArray("findings");
        assertThat(findings)
                .allMatch(each ->
                        each.getAsJsonObject().get("level").getAsString().equals("ok"));
        JsonArray files =
                json(repoint("sites", pid, "--patchable", "price", "--json")).getAsJsonArray("files");
        assertThat(files).hasSize(1);
    }

    @Test
    void callsOfAProgramWithoutJavaAreNotObserved() {
        for (String command : List.of("trace", "count")) {
            Ran ran = Ran.repoint(command, pid, "price");
            assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(ran.err())
                    .isEqualTo("repoint: process " + pid + " is no JVM; only calls of Java methods can be observed\n");
        }
    }

    @Test
    void watchingShowsEachChangeAndEndsWithTheProcess() throws IOException {
        repoint("set", pid, "price=cheap");
        CapturedOutput out = new CapturedOutput();
        CompletableFuture<Integer> watch = CompletableFuture.supplyAsync(() -> Main.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "watch",
                pid,
                "--interval",
                "50",
                "--json"));
        out.await("\"target\": \"cheap\"");
        repoint("reset", pid);
        out.await("\"target\": \"default\"");
        program.close();

        assertThat(watch.join()).isEqualTo(ExitCode.OK);
        assertThat(out.text()).hasLineCount(2);
        assertThat(out.text()
                        .lines()
                        .map(JsonParser::parseString)
                        .map(each -> each.getAsJsonObject().get("key").getAsString()))
                .containsOnly("answering:price");
    }

    @Test
    void watchingGoesOnWhenTheProcessRunsAnotherProgram() throws IOException {
        program.close();
        program = Detached.start(
                Files.createDirectory(folder.resolve("shell")),
                "sh",
                "-c",
                "while read line; do echo shell; [ $line = ? ] || exec $line; done");
        pid = Long.toString(program.pid());
        assertThat(program.ask("?")).isEqualTo("shell");
        String before = repoint("set", pid, "kill=zero").out();
        CapturedOutput out = new CapturedOutput();
        CompletableFuture<Integer> watch = CompletableFuture.supplyAsync(() -> Main.run(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), "watch", pid, "--interval", "50"));
        out.await("default -> zero");

        assertThat(program.ask(folder.resolve("answering").toString())).isEqualTo("shell");
        out.await("zero -> default");
        assertThat(program.ask("?")).isEqualTo(Answering.BY_DEFAULT);
        repoint("set", pid, "price=cheap");
        out.await("answering:price: default -> cheap");
        program.close();

        assertThat(watch.join()).isEqualTo(ExitCode.OK);
        assertThat(before).contains("kill").doesNotContain("answering");
    }

    private static JsonObject json(Ran ran) {
        return JsonParser.parseString(ran.out()).getAsJsonObject();
    }

    private static Ran repoint(String... arguments) {
        Ran ran = Ran.repoint(arguments);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        return ran;
    }
}
