package dev.repoint.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.ChildJvm;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.Architectures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stress, for a few seconds. The command `repoint stress` runs it for as long as one likes.
class StressTest {

    private static final int SITES = 3200;

    @TempDir
    Path folder;

    /// The program: prints what was counted.
    static final class Program {
        private Program() {}

        static void main(String[] arguments) throws Exception {
            StressResult result = Stress.run(SITES, Stress.THREADS, 5);
            System.out.println(result.wrong() + " " + result.flips() + " " + result.calls() + " " + result.timerCalls()
                    + " " + result.traps() + " " + result.collections() + " " + result.firstWrong());
        }
    }

    @Test
    void everyCallReachesTheOldTargetOrTheNewOne() throws IOException {
        Tool.CC.required();
        ChildJvm jvm = new ChildJvm(Stress.class, Poker.class, Architectures.class, ElfFile.class);
        String[] counts = jvm.succeeding(folder, Program.class).split(" ", 7);
        assertThat(counts[0]).as(counts[6]).isEqualTo("0");
        for (int i = 1; i <= 5; i++) {
            assertThat(Long.parseLong(counts[i])).as("count " + i).isPositive();
        }
    }
}
