package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries that come after a patchable was set, and libraries that others unload.
class ComingAndGoingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loaded-by-us",
                "loaded-by-java",
                "refused-refresh",
                "patched-stays",
                "target-stays",
                "importer-stays",
                "handle-stays",
                "untouched-goes",
                "other-in-its-place",
                "concurrently"
            })
    void librariesArePatchedWhenTheyComeAndStayWhereTheyAreNeeded(String use) throws IOException {
        Tool.GCC.required();
        assertThat(OwnJvm.succeeding(folder, ComingAndGoing.class, folder.toString(), use))
                .isEqualTo("ok");
    }
}
