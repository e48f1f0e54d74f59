package dev.repoint.linux.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The code that the unwinder asks. What it does is tested in [dev.repoint.linux.unwind.UnwindIndexTest].
class X86UnwindFinderTest {

    @TempDir
    Path folder;

    /// The assembler makes of the assembly beside the bytes what they are.
    @Test
    void theAssemblyBesideTheBytesIsTrue() throws IOException {
        Tool.GCC.required();
        Tool.OBJCOPY.required();
        String table = "0x1122334455667788";
        Files.writeString(
                folder.resolve("finder.s"), X86UnwindFinder.assembly().replace("movabs $0,", "movabs $" + table + ","));
        Run.succeeding(folder, List.of("gcc", "-c", "finder.s", "-o", "finder.o"));
        Run.succeeding(folder, List.of("objcopy", "-O", "binary", "-j", ".text", "finder.o", "finder.bin"));
        assertThat(X86UnwindFinder.code(Long.decode(table)))
                .isEqualTo(Files.readAllBytes(folder.resolve("finder.bin")));
    }
}
