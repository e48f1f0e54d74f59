package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.OwnJvm;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.Borrowing;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another process, patched while its threads call, wait, come and go and get signals. It counts itself what
/// went wrong.
@Tag("aarch64")
class PatchingUnderLoadTest {

    private static final int ROUNDS = Integer.getInteger("repoint.process.rounds", 500);
    private static final int KILLS = Integer.getInteger("repoint.process.kills", 3);
    /// 64 targets were seen, nothing was seen in part, no wait ended early, no register and no signal was lost.
    private static final String GOOD = "calls 1 seen 64 split 0 older 0 waits 0 epolls 0 vectors 0 lost 0";

    private static final String FOR_EVER = "1000000";

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    @Test
    void noThreadSeesHalfAPatchAndNothingElseIsDisturbed() throws Exception {
        try (Busy busy = Busy.start(folder, "busy")) {
            System.out.println(OwnJvm.succeeding(
                    folder,
                    Patching.class,
                    Long.toString(busy.pid()),
                    busy.file().toString(),
                    Integer.toString(ROUNDS)));
            assertThat(busy.end()).isEqualTo(GOOD);
        }
    }

    @Test
    void patchesWithoutEndTakeNoMoreMemoryThanTheFirst() throws Exception {
        try (Busy busy = Busy.start(folder, "busy")) {
            OwnJvm.succeeding(
                    folder,
                    Patching.class,
                    Long.toString(busy.pid()),
                    busy.file().toString(),
                    "1");
            List<Mapping> first = ours(busy);
            OwnJvm.succeeding(
                    folder,
                    Patching.class,
                    Long.toString(busy.pid()),
                    busy.file().toString(),
                    "500");
            assertThat(ours(busy)).isEqualTo(first).hasSize(3);
        }
    }

    private static List<Mapping> ours(Busy busy) throws Exception {
        return Mappings.of(busy.pid()).all().stream()
                .filter(each -> each.path().isEmpty() && each.isExecutable())
                .toList();
    }

    @Test
    void aPatcherThatIsKilledLeavesAllOldOrAllNew() throws Exception {
        try (Busy busy = Busy.start(folder, "busy")) {
            Random random = new Random(KILLS);
            for (int i = 0; i < KILLS; i++) {
                kill(
                        random,
                        Patching.class,
                        Long.toString(busy.pid()),
                        busy.file().toString(),
                        FOR_EVER);
                List<LedgerEntry> entries = Ledger.read(busy.pid());
                assertThat(entries).hasSize(2);
                assertThat(entries.get(1).target())
                        .isEqualTo(entries.get(0).target().replace("a_", "b_"));
            }
            OwnJvm.succeeding(
                    folder,
                    Patching.class,
                    Long.toString(busy.pid()),
                    busy.file().toString(),
                    "200");
            // A kill between the stop of a thread in epoll_wait, or in recv with a time limit, and our care for it ends
            // that
            // wait: the kernel's way.
            String counts = busy.end();
            assertThat(counts.replaceFirst("epolls \\d+", "epolls 0")).isEqualTo(GOOD);
            int epolls = Integer.parseInt(counts.replaceFirst(".* epolls (\\d+) .*", "$1"));
            assertThat(epolls).isLessThanOrEqualTo(2 * KILLS);
        }
    }

    @Test
    void aThreadThatIsBorrowedWhenThePatcherIsKilledGoesOnByItself() throws Exception {
        try (Busy busy = Busy.start(folder, "busy")) {
            Random random = new Random(KILLS);
            for (int i = 0; i < KILLS; i++) {
                kill(random, Borrowing.class, Long.toString(busy.pid()), FOR_EVER);
            }
            assertThat(busy.end()).isEqualTo(GOOD.replace("seen 64", "seen 1"));
        }
    }

    /// Starts a program, waits until it has begun, and kills it at any moment after that.
    private void kill(Random random, Class<?> program, String... arguments) throws Exception {
        Process running = OwnJvm.start(folder, program, arguments);
        assertThat(running.inputReader().readLine()).endsWith("ing");
        assertThat(running.waitFor(random.nextInt(200_000_000), TimeUnit.NANOSECONDS))
                .isFalse();
        running.destroyForcibly().waitFor();
    }
}
