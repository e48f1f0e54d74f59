package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.patcher.ProcessPatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that was patched and forks: its child is patched as it is, knows it, and goes its own way.
class ForkTest {

    @TempDir
    Path folder;

    @Test
    void aChildKeepsThePatchesAndIsResetAlone() throws Exception {
        Tool.GCC.required();
        try (Busy busy = Busy.start(folder, "busy");
                ProcessPatcher parent = ProcessPatcher.open(busy.pid())) {
            new Program(busy.pid(), busy.file()).set(parent, "a_000", "a_005", "b_000", "b_005");
            Files.writeString(folder.resolve("fork"), "");
            Path child = folder.resolve("child");
            while (!Files.exists(child) || Files.size(child) == 0) {
                Thread.onSpinWait();
            }
            long pid = Long.parseLong(Files.readString(child).strip());
            assertThat(Ledger.read(pid))
                    .isEqualTo(parent.entries())
                    .extracting(LedgerEntry::target)
                    .containsExactly("a_005", "b_005");
            try (ProcessPatcher patcher = ProcessPatcher.open(pid)) {
                new Program(pid, busy.file()).set(patcher, "a_000", "a_000", "b_000", "b_000");
                assertThat(patcher.entries()).allMatch(LedgerEntry::isDefault);
            }
            assertThat(parent.entries()).noneMatch(LedgerEntry::isDefault);
            assertThat(busy.end()).isEqualTo("calls 1 seen 2 split 0 older 0 waits 0 epolls 0 vectors 0 lost 0");
            ProcessHandle.of(pid).ifPresent(each -> each.onExit().join());
            assertThat(folder.resolve("child-sees")).hasContent("0 0");
        }
    }
}
