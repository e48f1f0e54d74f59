package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.OwnJvm;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of functions of another process, patched at one moment while it calls them.
class ManyFunctionsTest {

    private static final int KILLS = Integer.getInteger("repoint.process.kills", 3);
    private static final int FUNCTIONS = 2_000;
    private static final int FIRST = 1_000;
    private static final int MIDDLE = 1_900;
    private static final int END = FIRST + FUNCTIONS;
    /// What `functions.c` counts.
    private static final int BOTH = 1;
    private static final int ONES = 2;
    private static final int TWOS = 3;

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    @Test
    void entriesArePatchedAtOneMomentAndRestored() throws Exception {
        patch(List.of(PatchChoice.ENTRY));
    }

    @Test
    void sitesArePatchedAtOneMomentAndRestored() throws Exception {
        patch(List.of(PatchChoice.SITES));
    }

    @Test
    void entriesAndSitesArePatchedOneAfterTheOther() throws Exception {
        patch(List.of(PatchChoice.ENTRY, PatchChoice.SITES));
    }

    private void patch(List<PatchChoice> ways) throws Exception {
        try (Busy busy = Busy.start(folder, "functions");
                OtherProcess process = OtherProcess.open(busy.pid())) {
            for (int i = 0; i < 2; i++) {
                requireOnly(ONES);
                if (ways.size() == 1) {
                    set(process, ways.getFirst(), FIRST, END);
                } else {
                    set(process, ways.getFirst(), FIRST, MIDDLE);
                    requireOnly(BOTH);
                    set(process, ways.getLast(), MIDDLE, END);
                }
                requireOnly(TWOS);
                assertThat(process.status()).hasSize(FUNCTIONS).allMatch(ProcessState::isWhole);
                assertThat(process.reset(List.of()).changes()).hasSize(FUNCTIONS);
                assertThat(process.status()).isEmpty();
            }
            requireOnly(ONES);
            assertThat(ManySitesTest.codeIsAsInTheFile(process)).isTrue();
            assertThat(busy.end()).isEqualTo("wrong 0");
        }
    }

    private static void set(OtherProcess process, PatchChoice by, int first, int end) {
        ProcessResult result = process.set(ManyPatching.changes(first, end), SetOptions.DEFAULT.withChoice(by));
        assertThat(result.changes())
                .extracting(ProcessOutcome::mechanism)
                .hasSize(end - first)
                .containsOnly(by == PatchChoice.ENTRY ? Mechanism.ENTRY : Mechanism.SITES);
    }

    @Test
    void aPatcherThatIsKilledLeavesAllOldOrAllNew() throws Exception {
        try (Busy busy = Busy.start(folder, "functions")) {
            Random random = new Random(KILLS);
            for (int i = 0; i < KILLS; i++) {
                Process running = OwnJvm.start(folder, ManyPatching.class, Long.toString(busy.pid()));
                assertThat(running.inputReader().readLine()).isEqualTo("patching");
                for (int j = 0; j < i % 3; j++) {
                    assertThat(running.inputReader().readLine()).isEqualTo("patched");
                }
                assertThat(running.waitFor(random.nextInt(2_000), TimeUnit.MILLISECONDS))
                        .isFalse();
                running.destroyForcibly().waitFor();
                boolean isThere = Ledger.read(busy.pid()).stream().anyMatch(each -> !each.isDefault());
                assertThat(Ledger.read(busy.pid())).allMatch(each -> each.isDefault() != isThere);
                requireOnly(isThere ? TWOS : ONES);
            }
            try (OtherProcess process = OtherProcess.open(busy.pid())) {
                set(process, PatchChoice.ENTRY, FIRST, END);
                requireOnly(TWOS);
                process.reset(List.of());
                requireOnly(ONES);
                assertThat(ManySitesTest.codeIsAsInTheFile(process)).isTrue();
            }
            assertThat(Ledger.read(busy.pid())).hasSize(FUNCTIONS).allMatch(LedgerEntry::isDefault);
            assertThat(busy.end()).isEqualTo("wrong 0");
        }
    }

    /// What another layout means is not guessed.
    @Test
    void memoryOfAFormerVersionIsRefused() throws Exception {
        try (Busy busy = Busy.start(folder, "functions", "-DOLDER");
                OtherProcess process = OtherProcess.open(busy.pid())) {
            assertThatThrownBy(() -> set(process, PatchChoice.ENTRY, FIRST, MIDDLE))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessage("the process was patched by another version of Repoint, with layout 2 of its memory and"
                            + " not 3; use that version, or restart the process");
            requireOnly(ONES);
            assertThat(busy.end()).isEqualTo("wrong 0");
        }
    }

    /// Checks that all calls lead to the same place from now on. A pass that has begun is let end.
    private void requireOnly(int count) throws Exception {
        Counts counts = new Counts(folder);
        counts.awaitMore(count, 1);
        long[] before = {counts.at(BOTH), counts.at(ONES), counts.at(TWOS)};
        counts.awaitMore(count, 3);
        for (int i = 0; i < before.length; i++) {
            if (BOTH + i != count) {
                assertThat(counts.at(BOTH + i)).isEqualTo(before[i]);
            }
        }
    }
}
