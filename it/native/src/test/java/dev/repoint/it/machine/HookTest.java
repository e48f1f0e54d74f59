package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Note;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the header promises of a hook: whatever the compiler knows of its default, every call of the source is
/// one call of the hook in the file. The witness is `objdump`.
class HookTest {

    private static final List<String> FILES = List.of("defaults.c", "callers.c", "main.c");
    private static final List<String> HOOKS =
            List.of("constant", "empty", "looped", "mode", "pure", "tiny", "twin_one", "twin_two", "variadic");
    private static final String OUTPUT =
            "107 103 102 149 150 103 101 103 106 92\n207 203 202 249 250 203 201 203 206\n";

    /// `0000000000001139 <near_tiny.constprop.0>:`
    private static final Pattern CALLER = Pattern.compile("^[0-9a-f]+ <(near|far)_(\\w+)(\\.[\\w.]+)?>:$");
    /// The default of `looped`, by any of its names.
    private static final Pattern DEFAULT = Pattern.compile("^[0-9a-f]+ <looped([_.]default)?(\\.[\\w.]+)?>:$");
    /// `			113a: R_X86_64_PLT32	tiny-0x4`
    private static final Pattern RELOCATION = Pattern.compile("^\\s+[0-9a-f]+: R_\\S+\\s+(\\w+)(?:-0x4)?$");

    @TempDir
    private Path folder;

    static Stream<Arguments> builds() {
        List<Arguments> builds = new ArrayList<>();
        for (Linker linker : Linker.values()) {
            for (String flags : List.of("-O2", "-O3 -fPIC", "-Os -fno-plt", "-O2 -no-pie -fno-function-sections")) {
                builds.add(build(Compiler.GCC, linker, flags));
                builds.add(build(Compiler.CLANG, linker, flags));
            }
            for (String flags : List.of("-O2 -flto", "-O3 -flto=thin", "-O2 -flto -fPIE -fvisibility=hidden")) {
                builds.add(build(Compiler.CLANG, linker, flags));
            }
            if (linker != Linker.LLD) {
                for (String partitions : List.of("none", "one", "max", "1to1")) {
                    builds.add(build(Compiler.GCC, linker, "-O3 -flto -flto-partition=" + partitions));
                }
                builds.add(build(Compiler.GCC, linker, "-O2 -flto -fwhole-program -fvisibility=hidden"));
            }
        }
        builds.add(build(Compiler.GCC, Linker.BFD, "-O0 -g"));
        builds.add(build(Compiler.GCC, Linker.BFD, "-O3 -g -flto -fdata-sections -Wl,--gc-sections"));
        builds.add(build(Compiler.GCC, Linker.BFD, "-O2 -flto -ffat-lto-objects -static"));
        builds.add(build(Compiler.CLANG, Linker.BFD, "-O0 -g"));
        builds.add(build(Compiler.CLANG, Linker.LLD, "-O3 -g -flto -fdata-sections -Wl,--gc-sections"));
        builds.add(build(Compiler.AARCH64_GCC, Linker.BFD, "-O2"));
        builds.add(build(Compiler.AARCH64_GCC, Linker.BFD, "-O3 -flto -flto-partition=max"));
        builds.add(build(Compiler.AARCH64_CLANG, Linker.LLD, "-O2 -flto=thin"));
        return builds.stream();
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyCallOfTheSourceIsACallOfTheHookAndEveryHookIsRecorded(
            Compiler compiler, Linker linker, List<String> flags) throws IOException {
        Path program = build(compiler, linker, flags);
        Map<String, List<String>> calls = calls(compiler, program);
        for (String hook : HOOKS) {
            assertThat(calls.get("near_" + hook)).as("near_" + hook).containsExactly(hook);
            assertThat(calls.get("far_" + hook)).as("far_" + hook).containsExactly(hook);
        }
        assertThat(calls.get("near_hidden")).containsExactly("hidden");
        if (!flags.contains("-fwhole-program")) { // which drops what keeps the relocation of a jump in its own section
            assertThat(calls.get("looped")).as("the default of looped").containsExactly("looped");
        }
        assertThat(Run.succeeding(folder, compiler.run(".", program.toString())).output())
                .isEqualTo(OUTPUT);

        // every hook is recorded once, also when the file is stripped
        List<String> all = new ArrayList<>(HOOKS);
        all.add("hidden");
        String[] records =
                all.stream().map(hook -> "1 " + hook + " " + hook + "_default").toArray(String[]::new);
        assertThat(records(program)).containsExactlyInAnyOrder(records);
        Tool strip = compiler.isAarch64() ? Tool.AARCH64_STRIP : Tool.STRIP;
        Run.succeeding(folder, List.of(strip.required().command(), program.toString()));
        assertThat(records(program)).containsExactlyInAnyOrder(records);
    }

    /// What goes wrong without: the same program, its hooks replaced by plain calls.
    @Test
    void plainCallsAreInlinedAndCloned() throws IOException {
        Compiler.GCC.required();
        List<String> names = HOOKS.stream()
                .map(hook -> "-D" + hook + "=" + hook + "_default")
                .toList();
        List<String> flags =
                new ArrayList<>(List.of("-O3", "-flto", "-DREPOINT_H", "-DREPOINT_DECLARE(h,d)=extern int none"));
        flags.addAll(List.of("-DREPOINT_DEFINE(h,d)=extern int none", "-Dhidden=hidden_default"));
        flags.addAll(names);
        Map<String, List<String>> calls = calls(Compiler.GCC, build(Compiler.GCC, Linker.BFD, flags));
        assertThat(calls.getOrDefault("near_tiny", List.of())).isEmpty();
        assertThat(calls.getOrDefault("far_constant", List.of())).isEmpty();
    }

    private static Arguments build(Compiler compiler, Linker linker, String flags) {
        return argumentSet(
                compiler.text() + " " + linker.text() + " " + flags, compiler, linker, Arrays.asList(flags.split(" ")));
    }

    private Path build(Compiler compiler, Linker linker, List<String> flags) throws IOException {
        compiler.required();
        linker.required();
        List<String> common = new ArrayList<>(compiler.c());
        common.addAll(flags);
        common.addAll(List.of("-Wall", "-Wextra", "-I" + Sources.include()));
        if (!flags.contains("-fno-function-sections")) {
            common.add("-ffunction-sections");
        }
        List<String> compile = new ArrayList<>(common);
        compile.removeIf(flag -> flag.startsWith("-Wl,") || flag.equals("-static"));
        if (compile.remove("-no-pie")) {
            compile.add("-fno-pie");
        }
        compile.addAll(List.of("-Werror", "-c"));
        FILES.forEach(file -> compile.add(Sources.folder("hooks").resolve(file).toString()));
        Run.succeeding(folder, compile);
        common.addAll(List.of("-fuse-ld=" + linker.text(), "-Wl,--emit-relocs", "-o", "program"));
        FILES.forEach(file -> common.add(file.replace(".c", ".o")));
        Run.succeeding(folder, common);
        return folder.resolve("program");
    }

    /// What the relocations in every caller name, if it is one of the hooks.
    private Map<String, List<String>> calls(Compiler compiler, Path program) throws IOException {
        Map<String, List<String>> calls = new TreeMap<>();
        String in = "";
        for (String line : Run.succeeding(folder, List.of(compiler.objdump(), "-dr", program.toString()))
                .lines()) {
            Matcher caller = CALLER.matcher(line);
            Matcher relocation = RELOCATION.matcher(line);
            if (caller.matches()) {
                in = caller.group(1) + "_" + caller.group(2);
            } else if (DEFAULT.matcher(line).matches()) {
                in = "looped";
            } else if (line.endsWith(">:")) {
                in = "";
            } else if (!in.isEmpty() && relocation.matches()) {
                calls.computeIfAbsent(in, name -> new ArrayList<>()).add(relocation.group(1));
            }
        }
        return calls;
    }

    /// The records of the note section: type, name and default.
    private static List<String> records(Path program) throws IOException {
        List<String> records = new ArrayList<>();
        for (Note note : ElfFile.read(program).notes()) {
            if (!note.owner().equals("Repoint")) {
                continue;
            }
            String text = new String(note.descriptorBytes(), StandardCharsets.ISO_8859_1);
            records.add(note.type() + " " + text.substring(0, text.length() - 1).replace('\0', ' '));
        }
        return records;
    }
}
