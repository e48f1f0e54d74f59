package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A target is what the loader finds for the library's own calls: first what was preloaded.
class PreloadedTest {

    private static final Path JEMALLOC = Path.of("/usr/lib/x86_64-linux-gnu/libjemalloc.so.2");

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    @Test
    void aFunctionOfAPreloadedLibraryIsTheTarget() throws IOException {
        assertThat(run(LivePreloaded.library(folder), "preloaded")).isEqualTo("ok");
    }

    @Test
    void anAllocatorThatIsPreloadedFreesWhatItGave() throws IOException {
        Assumptions.assumeTrue(Files.exists(JEMALLOC), "jemalloc is missing: install the package libjemalloc2");
        assertThat(run(JEMALLOC, "jemalloc")).isEqualTo("ok");
    }

    private String run(Path preloaded, String use) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "LD_PRELOAD=" + preloaded));
        command.addAll(OwnJvm.command(Live.class, folder.toString(), use));
        return Run.succeeding(folder, command).lines().getLast();
    }
}
