package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What `-fipa-ra` does to a caller of a function that is no hook: it keeps values in registers that this
/// function leaves alone, and a target does not know of that.
class RegistersTest {

    /// What the program prints for each of its three functions: 1 + 1 + 2*2 + 3*3 + 4*4 + 5*5 + 6*6.
    private static final int DEFAULT = 92;
    /// The same with a target that adds 1000 where the default adds 1.
    private static final int RIGHT = 1091;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GCC", "AARCH64_GCC"})
    void aPlainFunctionGivesAWrongResultAndAHookTheRightOne(Compiler compiler) throws IOException {
        Path program = build(compiler, List.of("-O2"));
        assertThat(results(compiler, program))
                .containsExactly("plain " + DEFAULT, "hooked " + DEFAULT, "noipa " + DEFAULT);

        Path patched = folder.resolve("patched");
        Plan plan = Patched.write(program, patched, "plain=target", "hooked=target", "noipa=target");
        List<String> results = results(compiler, patched);
        assertThat(results).contains("hooked " + RIGHT, "noipa " + RIGHT);
        assertThat(results.getFirst()).startsWith("plain ").isNotEqualTo("plain " + RIGHT);
        assertThat(plan.warnings()).hasSize(1).allMatch(line -> line.contains("plain") && line.contains("-fipa-ra"));
    }

    @Test
    void withoutItThePlainFunctionIsRightToo() throws IOException {
        Path program = build(Compiler.GCC, List.of("-O2", "-fno-ipa-ra"));
        Path patched = folder.resolve("patched");
        Patched.write(program, patched, "plain=target");
        assertThat(results(Compiler.GCC, patched)).contains("plain " + RIGHT);
    }

    @ParameterizedTest
    @CsvSource({"GCC,-O3", "GCC,-O2 -flto", "GCC,-Os -fPIE", "CLANG,-O2", "CLANG,-O3 -flto", "AARCH64_GCC,-O3 -flto"})
    void aHookIsRightInEveryBuild(Compiler compiler, String flags) throws IOException {
        Path program = build(compiler, List.of(flags.split(" ")));
        Path patched = folder.resolve("patched");
        Plan plan = Patched.write(program, patched, "hooked=target");
        assertThat(results(compiler, patched)).contains("plain " + DEFAULT, "hooked " + RIGHT);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void theTableTellsThemApart() throws IOException {
        SiteTable table = Collector.collect(ElfFile.read(build(Compiler.GCC, List.of("-O2"))));
        Patchable plain = table.find(NativeKey.of("plain")).orElseThrow();
        assertThat(plain.safety()).isEqualTo(Safety.PLAIN);
        assertThat(plain.reason()).contains("-fipa-ra", "repoint.h");
        assertThat(table.find(NativeKey.of("hooked")).orElseThrow().safety()).isEqualTo(Safety.HOOK);
        assertThat(table.find(NativeKey.of("noipa")).orElseThrow().safety()).isEqualTo(Safety.NOIPA);
    }

    private Path build(Compiler compiler, List<String> flags) throws IOException {
        compiler.required();
        List<String> command = new ArrayList<>(compiler.c());
        command.addAll(flags);
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-Wl,--emit-relocs"));
        command.addAll(List.of("-I" + Sources.include(), "-o", "program"));
        command.add(Sources.folder("registers").resolve("registers.c").toString());
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }

    private List<String> results(Compiler compiler, Path program) throws IOException {
        return Run.succeeding(folder, compiler.run(".", program.toString())).lines();
    }
}
