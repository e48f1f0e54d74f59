package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What runs is not what it was: another program, or its code without its file.
@Tag("aarch64")
class OtherProgramTest {

    @TempDir
    Path folder;

    private Path program;

    @BeforeEach
    void build() throws IOException {
        Tool.GCC.required();
        Busy.copy(folder, "moved.c");
        program = folder.toRealPath().resolve("moved");
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O1",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "-Wl,--build-id",
                        "-w",
                        "moved.c",
                        "-o",
                        program.toString()));
    }

    private Detached start(String... command) throws IOException {
        Detached started = Detached.start(Files.createTempDirectory(folder, "run"), command);
        assertThat(started.ask("?")).isEqualTo("60");
        return started;
    }

    @Test
    void aProcessThatExecutesAnotherProgramMeanwhileIsSaidTo() throws Exception {
        Path other = Files.copy(program, folder.toRealPath().resolve("other"));
        try (Detached process = start(program.toString(), "exec", other.toString())) {
            try (OtherProcess before = OtherProcess.open(process.pid())) {
                before.set(List.of(ProcessChange.parse("price=cheap")));
                assertThat(process.ask("?")).isEqualTo("30");
                assertThat(process.ask("e\n?")).isEqualTo("60");

                String reason = "process " + process.pid() + " has executed another program meanwhile (other); the"
                        + " patches ended with the previous program, so run the command again";
                assertThatThrownBy(before::status)
                        .isInstanceOf(NativePatchException.class)
                        .hasMessage(reason);
                assertThatThrownBy(() -> before.set(List.of(ProcessChange.parse("price=zero"))))
                        .hasMessage(reason);
                assertThatThrownBy(() -> before.reset(List.of())).hasMessage(reason);
                assertThatThrownBy(before::files).hasMessage(reason);
            }
            try (OtherProcess now = OtherProcess.open(process.pid())) {
                assertThat(now.status()).isEmpty();
                now.set(List.of(ProcessChange.parse("price=cheap")));
                assertThat(process.ask("?")).isEqualTo("30");
            }
        }
    }

    @Test
    void codeThatWasCopiedToMemoryWithoutAFileIsPatchedIfItIsWhatTheFileHolds() throws Exception {
        try (Detached process = start(program.toString(), "same");
                OtherProcess moved = OtherProcess.open(process.pid())) {
            assertThat(Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps")))
                    .noneMatch(each -> each.contains("r-xp") && each.endsWith("/moved"));
            assertThat(moved.unknown()).isEmpty();
            assertThat(moved.remarks())
                    .containsExactly("moved: its code was copied to memory that no file is behind, as for"
                            + " large pages, and is what its file holds");
            moved.set(List.of(ProcessChange.parse("price=cheap")));
            assertThat(process.ask("?")).isEqualTo("30");
            try (OtherProcess again = OtherProcess.open(process.pid())) {
                assertThat(again.status()).hasSize(1);
            }
            moved.reset(List.of());
            assertThat(process.ask("?")).isEqualTo("60");
        }
    }

    @Test
    void codeThatWasChangedAsItWasCopiedIsSaidToBe() throws Exception {
        try (Detached process = start(program.toString(), "changed");
                OtherProcess moved = OtherProcess.open(process.pid())) {
            assertThat(moved.unknown())
                    .singleElement()
                    .asString()
                    .endsWith("/moved: its code was copied to memory that no file is behind, as programs do that want"
                            + " large pages, and is not what the file holds: it cannot be patched");
            assertThatThrownBy(() -> moved.set(List.of(ProcessChange.parse("price=cheap"))))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageStartingWith("price: there is no such function or pointer in the readable modules; ")
                    .hasMessageContaining("copied to memory");
            assertThatThrownBy(() -> moved.set(List.of(ProcessChange.parse("moved:price=cheap"))))
                    .hasMessageContaining("copied to memory")
                    .message()
                    .doesNotContain("\n");
            assertThat(process.ask("?")).isEqualTo("60");
        }
    }
}
