package dev.repoint.linux.poke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.OwnJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong, and what is left of it: nothing.
class FaultsTest {

    /// As a shell and Java see a process that SIGTRAP has ended.
    private static final int KILLED_BY_SIGTRAP = 128 + 5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changed",
                "replaced",
                "blocked",
                "blocked-for-a-moment",
                "fork",
                "taken-back",
                "chained",
                "ignored",
                "unmapped",
                "pointer",
                "exact",
                "changed-meanwhile",
                "replaced-meanwhile",
                "pointer-meanwhile",
                "changed-after-flip",
                "pointer-after-flip",
                "completed",
                "in-effect"
            })
    void isToldAndLeavesNothingHalfDone(String fault) throws IOException {
        Tool.GCC.required();
        assertThat(OwnJvm.succeeding(folder, Faults.class, folder.toString(), fault))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default-breakpoint", "default-signal"})
    void aTrapOfNobodyEndsTheProcessAsWithoutUs(String fault) throws IOException {
        Tool.GCC.required();
        Run run = OwnJvm.run(folder, Faults.class, folder.toString(), fault);
        assertThat(run.exit()).as(run.output() + run.errors()).isEqualTo(KILLED_BY_SIGTRAP);
    }

    @Test
    void changesThatOverlapAreRefused() {
        Batch.Builder batch = Batch.builder()
                .code(0x1000, 5, 0x0000441f0fL, 0xccccccccc3L)
                .code(0x1004, 5, 0x0000441f0fL, 0xccccccccc3L);
        assertThatIllegalArgumentException().isThrownBy(batch::build).withMessageContaining("0x1004");
    }

    @Test
    void aPlaceThatIsChangedTwiceIsRefused() {
        Batch.Builder batch = Batch.builder().word(0x1000, 1, 2).word(0x1000, 1, 3);
        assertThatIllegalArgumentException().isThrownBy(batch::build).withMessageContaining("0x1000");
    }

    @Test
    void bytesThatCannotBeEmulatedAreRefused() {
        Batch.Builder batch = Batch.builder().code(0x1000, 5, 0x9090909090L, 0xccccccccc3L);
        assertThatIllegalArgumentException().isThrownBy(batch::build).withMessageContaining("90 90 90 90 90");
    }

    @Test
    void aPointerThatIsNotAlignedIsRefused() {
        Batch.Builder batch = Batch.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.word(0x1001, 1, 2))
                .withMessageContaining("0x1001");
    }
}
