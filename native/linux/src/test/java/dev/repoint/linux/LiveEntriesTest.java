package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions in a JVM of their own are patched at their entries while threads call them.
class LiveEntriesTest {

    @TempDir
    static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"classes", "swapped", "wrapped", "indirect", "refusals"})
    void callsReachTheirTargets(String use) throws IOException {
        holds(LiveEntries.class, use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside", "returning", "copies", "copies-unknown", "exceptions", "throwing"})
    void threadsInsideGoOnInTheCopy(String use) throws IOException {
        holds(LiveEntriesInside.class, use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "load", "stock", "malloc"})
    void whatEverybodyCallsCanBePatched(String use) throws IOException {
        holds(LiveEntriesOfAll.class, use);
    }

    private void holds(Class<?> program, String use) throws IOException {
        Tool.GXX.required();
        assertThat(OwnJvm.succeeding(folder, program, folder.toString(), use)).isEqualTo("ok");
    }

    /// The control of `inside`: it fails where the second instruction has no breakpoint.
    @Test
    void aThreadInsideTheEntryNeedsItsBreakpoint() throws IOException {
        Tool.GXX.required();
        assertThat(OwnJvm.run(folder, LiveEntriesInside.class, folder.toString(), "inside-unmarked")
                        .exit())
                .isNotZero();
    }
}
