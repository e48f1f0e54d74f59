package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A hook that only the linker knows, over a default with a mangled name whose file was not changed.
class LinkerHookTest {

    private static final String HOOK = "_ZN4shop5priceEi";
    private static final String DEFAULT = "_ZN4shop13price_defaultEi";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GCC,BFD,-O2",
        "GCC,BFD,-O3 -flto",
        "GCC,GOLD,-O2 -flto",
        "GCC,LLD,-O2",
        "CLANG,BFD,-O2 -flto",
        "CLANG,GOLD,-O2",
        "CLANG,LLD,-O3 -flto",
        "CLANG,LLD,-O2 -flto=thin",
        "AARCH64_GCC,BFD,-O2",
        "AARCH64_CLANG,LLD,-O2 -flto"
    })
    void isRecordedAndPatched(Compiler compiler, Linker linker, String flags) throws IOException {
        compiler.required();
        linker.required();
        List<String> command = new ArrayList<>(compiler.cxx());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-fuse-ld=" + linker.text(), "-ffunction-sections", "-Wl,--emit-relocs"));
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-I" + Sources.include()));
        command.add("-Wl,--defsym," + HOOK + "=" + DEFAULT);
        for (String file : List.of("given.cc", "caller.cc")) {
            command.add(Sources.folder("linker").resolve(file).toString());
        }
        command.addAll(List.of("-o", "program"));
        Run.succeeding(folder, command);
        assertThat(output(compiler, "program")).isEqualTo("31\n");

        Path program = folder.resolve("program");
        Patchable hook = Collector.collect(ElfFile.read(program))
                .find(NativeKey.of(HOOK))
                .orElseThrow();
        assertThat(hook.safety()).isEqualTo(Safety.HOOK);
        assertThat(hook.sites()).hasSize(1);
        Patched.write(program, folder.resolve("patched"), HOOK + "=_ZN4shop10price_saleEi");
        assertThat(output(compiler, "patched")).isEqualTo("3001\n");
    }

    private String output(Compiler compiler, String program) throws IOException {
        return Run.succeeding(folder, compiler.run(".", folder.resolve(program).toString()))
                .output();
    }
}
