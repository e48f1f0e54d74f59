package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries in a JVM of their own, redirected while they are loaded.
class LiveTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook",
                "java",
                "around-functions",
                "around-pointers",
                "around-imports",
                "far",
                "override",
                "several",
                "pointer",
                "operations",
                "import",
                "importers",
                "libc",
                "unloading",
                "refusals",
                "replaced",
                "changed",
                "stripped",
                "no-build-id",
                "state",
                "no-room",
                "other-machine",
                "twice",
                "types",
                "empty",
                "storm",
                "jvm"
            })
    void redirects(String use) throws IOException {
        Tool.GCC.required();
        Tool.STRIP.required();
        assertThat(OwnJvm.succeeding(folder, Live.class, folder.toString(), use))
                .isEqualTo("ok");
    }

    @Test
    void allKindsChangeAtOneMoment() throws IOException {
        Tool.GCC.required();
        assertThat(OwnJvm.succeeding(folder, Live.class, folder.toString(), "kinds"))
                .isEqualTo("ok");
    }
}
