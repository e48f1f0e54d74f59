package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.OwnJvm;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The import of a stripped program with full RELRO is led elsewhere while all its threads run.
@Tag("aarch64")
class WithoutAStopTest {

    private static final int ROUNDS = 320;
    private static final int KILLS = Integer.getInteger("repoint.process.kills", 3);
    private static final String GOOD = "calls 1 seen 64 split 0 older 0 waits 0";
    private static final String FOR_EVER = "1000000";

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    private Busy start() throws Exception {
        Path source = folder.resolve("imported.c");
        try (InputStream text = Busy.class.getResourceAsStream("imported.c")) {
            Files.copy(text, source);
        }
        Run.succeeding(folder, List.of("gcc", "-O2", "-shared", "-fPIC", "-o", "libimported.so", "imported.c"));
        return Busy.start(folder, "importing", "-L.", "-limported", "-Wl,-rpath,$ORIGIN", "-Wl,-z,relro,-z,now", "-s");
    }

    /// The pages of files and their protection: the same after as before.
    private static List<Mapping> files(Busy busy) throws Exception {
        return Mappings.of(busy.pid()).all().stream()
                .filter(each -> each.path().startsWith("/"))
                .toList();
    }

    @Test
    void noThreadSeesHalfOfItAndThePagesStayClosed() throws Exception {
        try (Busy busy = start()) {
            List<Mapping> before = files(busy);
            System.out.println(
                    OwnJvm.succeeding(folder, Repointing.class, Long.toString(busy.pid()), Integer.toString(ROUNDS)));
            assertThat(files(busy)).isEqualTo(before);
            assertThat(busy.end()).isEqualTo(GOOD);
        }
    }

    @Test
    void aThreadThatIsBorrowedForItMakesItWholeWhenThePatcherIsKilled() throws Exception {
        try (Busy busy = start();
                OtherProcess process = OtherProcess.open(busy.pid())) {
            List<Mapping> before = files(busy);
            Random random = new Random(KILLS);
            for (int i = 0; i < KILLS; i++) {
                Process running = OwnJvm.start(folder, Repointing.class, Long.toString(busy.pid()), FOR_EVER);
                assertThat(running.inputReader().readLine()).isEqualTo("repointing");
                assertThat(running.waitFor(random.nextInt(200_000_000), TimeUnit.NANOSECONDS))
                        .isFalse();
                running.destroyForcibly().waitFor();
                assertWholeOrDefault(process, busy.pid());
            }
            OwnJvm.succeeding(folder, Repointing.class, Long.toString(busy.pid()), "64");
            assertThat(files(busy)).isEqualTo(before);
            assertThat(busy.end().replaceFirst("waits \\d+", "waits 0")).isEqualTo(GOOD);
        }
    }

    /// Each 64th target is the default: after it there is nothing to report, and the ledger says so.
    private static void assertWholeOrDefault(OtherProcess process, long pid) throws Exception {
        LedgerEntry entry = Ledger.read(pid).getFirst();
        if (entry.isDefault()) {
            assertThat(process.status()).isEmpty();
        } else {
            assertThat(process.status()).singleElement().satisfies(each -> {
                assertThat(each.isWhole()).isTrue();
                assertThat(each.changed()).isEqualTo(2);
            });
        }
    }

    @Test
    void aResetGivesTheSlotsBack() throws Exception {
        try (Busy busy = start()) {
            OwnJvm.succeeding(folder, Repointing.class, Long.toString(busy.pid()), "9");
            try (OtherProcess process = OtherProcess.open(busy.pid())) {
                ProcessResult reset = process.reset(List.of());
                assertThat(reset.pause()).isZero();
                assertThat(reset.borrowed()).isPositive();
                assertThat(reset.sites()).isEqualTo(2);
                assertThat(process.status()).isEmpty();
            }
            assertThat(busy.end()).endsWith("split 0 older 0 waits 0");
        }
    }
}
