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
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classes",
                "inside",
                "returning",
                "copies",
                "copies-unknown",
                "exceptions",
                "java",
                "swapped",
                "load",
                "refusals",
                "stock",
                "malloc"
            })
    void redirects(String use) throws IOException {
        Tool.GXX.required();
        assertThat(OwnJvm.succeeding(folder, LiveEntries.class, folder.toString(), use))
                .isEqualTo("ok");
    }

    /// The control of `inside`: it fails where the second instruction has no breakpoint.
    @Test
    void aThreadInsideTheEntryNeedsItsBreakpoint() throws IOException {
        Tool.GXX.required();
        assertThat(OwnJvm.run(folder, LiveEntries.class, folder.toString(), "inside-unmarked")
                        .exit())
                .isNotZero();
    }
}
