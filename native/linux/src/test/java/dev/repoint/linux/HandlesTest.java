package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Native functions as targets of Java: each type is passed as it is, or refused.
class HandlesTest {

    @TempDir
    Path folder;

    @Test
    void passWhatJavaHasAndRefuseWhatCannotBePassed() throws IOException {
        Tool.GCC.required();
        assertThat(OwnJvm.succeeding(folder, Handles.class, folder.toString())).isEqualTo("ok");
    }
}
