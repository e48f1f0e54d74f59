package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerInspector;
import dev.repoint.linux.patcher.ProcessPatch;
import dev.repoint.linux.patcher.ProcessPatcher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory of another process that no branch reaches.
class FarTest {

    /// What `near.c` counts.
    private static final int NEAR_KEY = 1;
    private static final int NEAR_OTHER = 2;
    private static final int FAR_KEY = 3;
    private static final int FAR_OTHER = 4;
    private static final int TIMES = 10_000;

    @TempDir
    Path folder;

    private Path real;

    @BeforeEach
    void needsACompiler() throws Exception {
        Tool.GCC.required();
        real = folder.toRealPath();
    }

    /// The slots are near the program then, and its library is far away.
    @Test
    void callsThroughAnEntryFarFromItsSlotKeepAllRegistersAndFlags() throws Exception {
        Path library = real.resolve("libfar.so");
        Busy.copy(folder, "far.h", "far.c");
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O2",
                        "-mno-red-zone",
                        "-shared",
                        "-fPIC",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "-Wl,--build-id",
                        "-Wl,-Bsymbolic",
                        "-o",
                        library.toString(),
                        "far.c"));
        try (Busy busy = Busy.start(folder, "near", "-DFAR", "-mno-red-zone", library.toString())) {
            Counts counts = new Counts(folder);
            counts.awaitMore(NEAR_KEY, TIMES);
            counts.awaitMore(FAR_KEY, TIMES);
            try (ProcessPatcher patcher = ProcessPatcher.open(busy.pid())) {
                Program near = new Program(busy.pid(), busy.file());
                Program far = new Program(busy.pid(), library);
                near.set(patcher, "near_key", "near_other");
                patcher.apply(new ProcessPatch(List.of(far.changeToEntry(patcher, "far_key", "far_other"))));
                LedgerEntry entry = patcher.entries().getLast();
                assertThat(entry.key().key()).isEqualTo("far_key");
                assertThat(Math.abs(entry.entry() - near.address("near_key"))).isGreaterThan(Integer.MAX_VALUE);
                counts.awaitMore(NEAR_OTHER, TIMES);
                counts.awaitMore(FAR_OTHER, TIMES);
                assertThat(Ledger.read(busy.pid()).stream().map(new LedgerInspector(patcher.memory())::isWhole))
                        .containsExactly(true, false);
                near.set(patcher, "near_key", "near_key");
                far.set(patcher, "far_key", "far_key");
                assertThat(patcher.entries())
                        .allMatch(LedgerEntry::isDefault)
                        .allMatch(new LedgerInspector(patcher.memory())::isWhole);
            }
            counts.awaitMore(NEAR_KEY, TIMES);
            counts.awaitMore(FAR_KEY, TIMES);
            assertThat(busy.end()).isEqualTo("wrong 0");
        }
    }

    @Test
    void aProgramWithoutFreeMemoryNearItIsRefusedAndGoesOn() throws Exception {
        Busy.copy(folder, "far.h");
        try (Busy busy = Busy.start(folder, "near", "-DCROWDED", "-mno-red-zone");
                OtherProcess process = OtherProcess.open(busy.pid())) {
            Counts counts = new Counts(folder);
            counts.awaitMore(NEAR_KEY, TIMES);
            List<ProcessChange> change = List.of(ProcessChange.parse("near_key=near_other"));
            assertThatThrownBy(() -> process.set(change))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageStartingWith("near_key: no memory is free in process " + busy.pid() + " between 0x");
            assertThat(process.status()).isEmpty();
            counts.awaitMore(NEAR_KEY, TIMES);
            assertThat(counts.at(NEAR_OTHER)).isZero();
            assertThat(busy.end()).isEqualTo("wrong 0");
        }
    }
}
