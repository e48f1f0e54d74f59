package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Segment;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.machine.site.NativeKey;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 10,000 sites of one patchable on a thousand pages of another process.
class ManySitesTest {

    private static final int SITES = 10_000;
    private static final int TARGETS = 10;
    private static final int THREADS = 2;
    /// Where the counts of the passes that saw one target alone begin.
    private static final int WHOLE = 2;

    @TempDir
    Path folder;

    @Test
    void allAreChangedAtOnceUnderLoadAndRestored() throws Exception {
        Tool.GCC.required();
        try (Busy busy = Busy.start(folder, "many", "-O0");
                OtherProcess process = OtherProcess.open(busy.pid())) {
            Counts counts = new Counts(folder);
            counts.awaitMore(WHOLE, THREADS);
            for (int i = 1; i <= TARGETS; i++) {
                ProcessResult result = process.set(List.of(ProcessChange.parse("key=key_%02o".formatted(i))));
                long older = counts.at(WHOLE + i - 1);
                assertThat(result.sites()).isEqualTo(SITES);
                counts.awaitMore(WHOLE + i, 2 * THREADS);
                // Passes that had ended, and were not counted yet.
                assertThat(counts.at(WHOLE + i - 1) - older).isLessThanOrEqualTo(THREADS);
            }
            assertThat(codeIsAsInTheFile(process)).isFalse();
            assertThat(process.reset(List.of(NativeKey.of("key"))).sites()).isEqualTo(SITES);
            counts.awaitMore(WHOLE, THREADS);
            assertThat(codeIsAsInTheFile(process)).isTrue();
            assertThat(process.status()).isEmpty();
            assertThat(busy.end()).isEqualTo("wrong 0 older 0");
        }
    }

    static boolean codeIsAsInTheFile(OtherProcess process) {
        ProcessFile program = process.files().getFirst();
        try (RemoteMemory memory = RemoteMemory.open(process.pid())) {
            for (Segment each : program.file().segments()) {
                if (each.isLoaded() && each.isExecutable()) {
                    byte[] built = program.file()
                            .bytes()
                            .asSlice(each.offset().value(), each.fileSize())
                            .toArray(ValueLayout.JAVA_BYTE);
                    byte[] found = memory.read(program.bias() + each.address().value(), built.length);
                    if (!Arrays.equals(built, found)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
