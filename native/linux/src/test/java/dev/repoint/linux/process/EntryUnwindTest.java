package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backtraces and exceptions leave the copies of first instructions in another process.
class EntryUnwindTest {

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GXX.required();
    }

    @Test
    void exceptionsPassAndBacktracesAreWhole() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "unwinding", "-rdynamic")) {
            for (int i = 0; i < 3; i++) {
                ProcessResult result = program.set("wrapped=around");
                assertThat(result.changes().getFirst().notes()).noneMatch(each -> each.contains("backtrace"));
                assertThat(result.changes().getFirst().sites()).isEqualTo(2);
                program.reset("wrapped");
            }
            program.set("wrapped=around");
            assertThat(program.end()).isEqualTo("wrong 0 caught 1 diverted 1 steps 1 cut 0");
        }
    }

    @Test
    void withoutAnUnwindEntryAnExceptionEndsTheProgram() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "unwinding", "-rdynamic")) {
            program.setWithout("wrapped", "around", true, false);
            program.awaitEnd();
            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    void aProgramWithoutAnUnwinderGetsTheOneThatItWouldLoad() throws Exception {
        Tool.GCC.required();
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            assertThat(hasUnwinder(program)).isFalse();
            assertThat(program.set("calling=negative").changes().getFirst().notes())
                    .noneMatch(each -> each.contains("backtrace"));
            assertThat(hasUnwinder(program)).isTrue();
            program.end();
        }
    }

    /// With `__register_frame` of GCC 12 or earlier it waits for ever, for a lock that it holds itself.
    @Test
    void aThreadThatThrowsMayBeInterruptedByABacktrace() throws Exception {
        throwsAndIsInterrupted("-DSLEEPER");
    }

    /// Nobody has to call a function of the unwinder.
    @Test
    void aProgramThatNeverWaitsHasWholeBacktraces() throws Exception {
        throwsAndIsInterrupted();
    }

    private void throwsAndIsInterrupted(String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("-rdynamic");
        try (EntryProgram program = EntryProgram.start(folder, "throwing", all.toArray(String[]::new))) {
            for (int i = 0; i < 3; i++) {
                ProcessResult result = program.set("passing=other");
                assertThat(result.changes().getFirst().notes()).noneMatch(each -> each.contains("backtrace"));
                program.reset("passing");
            }
            program.set("passing=other");
            assertThat(program.end()).isEqualTo("caught 1 backtraces 1 cut 0");
        }
    }

    private static boolean hasUnwinder(EntryProgram program) throws Exception {
        return Mappings.of(program.pid()).all().stream().map(Mapping::path).anyMatch(each -> each.contains("libgcc_s"));
    }
}
