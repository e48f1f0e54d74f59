package dev.repoint.machine.diversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.plan.KeyPlan;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.PlanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs and libraries of the distribution, without symbols and relocations, patched and run.
class StockBinariesTest {

    private static final Path LIBZ = Path.of("/lib/x86_64-linux-gnu/libz.so.1");

    @TempDir
    Path folder;

    @Test
    void aLibraryIsPatchedForTheProgramsThatLoadIt() throws IOException {
        Assumptions.assumeTrue(Files.exists(LIBZ), "libz.so.1 is missing: install the package zlib1g");
        Files.writeString(folder.resolve("sum.c"), """
            #include <stdio.h>
            unsigned long crc32(unsigned long, const char *, unsigned);
            unsigned long adler32(unsigned long, const char *, unsigned);
            int main(void) { printf("%lx %lx\\n", crc32(0, "123456789", 9), adler32(1, "123456789", 9)); return 0; }
            """);
        Run.succeeding(
                folder, List.of("gcc", "sum.c", LIBZ.toString(), "-Wl,-rpath," + folder.resolve("new"), "-o", "sum"));
        assertThat(Entries.run(folder.resolve("sum"))).isEqualTo("cbf43926 91e01de\n");
        Path patched = Files.createDirectories(folder.resolve("new")).resolve("libz.so.1");
        Plan plan = Entries.patch(LIBZ.toRealPath(), patched, "crc32=adler32", "adler32=crc32");
        assertThat(plan.keys()).extracting(KeyPlan::mechanism).containsOnly(Mechanism.ENTRY);
        // The sums start with other values than their own: 0 and 1.
        assertThat(Entries.run(folder.resolve("sum"))).isEqualTo("91501dd " + crcFromOne() + "\n");
        Run.succeeding(patched.getParent(), List.of("strip", "libz.so.1"));
        assertThat(Entries.run(folder.resolve("sum"))).isEqualTo("91501dd " + crcFromOne() + "\n");
    }

    /// What zlib makes of the same bytes after the sum 1.
    private static String crcFromOne() {
        int crc = ~1;
        for (byte each : "123456789".getBytes(StandardCharsets.US_ASCII)) {
            crc ^= each;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xedb88320;
            }
        }
        return Integer.toHexString(~crc);
    }

    @Test
    void aShellExportsFunctionsThatCanBePatched() throws IOException {
        Path bash = Tool.BASH.required().find().orElseThrow().toRealPath();
        Path patched = folder.resolve("bash");
        List<String> script = List.of(patched.toString(), "-c", "echo one; pwd; true && echo $((6 * 7))");
        Plan plan = Entries.patchByEntry(bash, patched, "echo_builtin=zero");
        assertThat(plan.keys()).hasSize(1);
        assertThat(Run.succeeding(folder, script).output()).isEqualTo(folder.toRealPath() + "\n");
        Run.succeeding(folder, List.of("strip", "bash"));
        assertThat(Run.succeeding(folder, script).output()).isEqualTo(folder.toRealPath() + "\n");
        Path back = folder.resolve("back");
        Entries.patch(patched, back, "echo_builtin=default");
        assertThat(Run.succeeding(folder, List.of(back.toString(), "-c", "echo one"))
                        .output())
                .isEqualTo("one\n");
    }

    @Test
    void aFunctionOfAServerThatOnlyAnUnwindEntryKnowsIsPatched() throws IOException {
        Path nginx = Tool.NGINX.required().find().orElseThrow().toRealPath();
        FunctionTable functions = FunctionTable.of(ElfFile.read(nginx), DebugFiles.none());
        List<NativeFunction> nameless =
                functions.all().stream().filter(NativeFunction::isNameless).toList();
        Assumptions.assumeFalse(nameless.isEmpty(), "this nginx names all its functions");
        Path patched = folder.resolve("nginx");
        String refused = "";
        for (NativeFunction each : nameless) {
            try {
                Entries.patch(nginx, patched, each.text("nginx") + "=zero");
                assertThat(DivertedFile.of(ElfFile.read(patched)).diversions())
                        .singleElement()
                        .extracting(Diversion::entry)
                        .isEqualTo(each.address().value());
                Entries.patch(patched, patched, each.text("nginx") + "=default");
                assertThat(patched).hasSameBinaryContentAs(nginx);
                return;
            } catch (PlanException e) {
                refused = String.valueOf(e.getMessage());
            }
        }
        throw new AssertionError("none can be patched: " + refused);
    }

    @Test
    void aServerRunsWithAPatchedFunction() throws IOException {
        Path nginx = Tool.NGINX.required().find().orElseThrow().toRealPath();
        Path patched = folder.resolve("nginx");
        List<String> version = List.of(patched.toString(), "-v");
        Entries.patch(nginx, patched, "ngx_strerror_init=ngx_time_init");
        assertThat(Run.succeeding(folder, version).errors()).contains("nginx version");
        Entries.patch(nginx, patched, "main=zero");
        assertThat(Run.succeeding(folder, version).errors()).isEmpty();
        Entries.patch(patched, patched, "main=default");
        assertThat(patched).hasSameBinaryContentAs(nginx);
    }
}
