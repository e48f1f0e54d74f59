package dev.repoint.machine.plan;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A way to build a program.
///
/// @param name     for people
/// @param compiler the driver
/// @param objdump  the witness
/// @param flags    for compiling and linking
enum Build {
    PIE(Tool.GCC, "-fPIE", "-pie"),
    FIXED(Tool.GCC, "-fno-pie", "-no-pie"),
    NOW(Tool.GCC, "-fPIE", "-pie", "-Wl,-z,now"),
    LANDING_PADS(Tool.GCC, "-fPIE", "-pie", "-fcf-protection", "-Wl,-z,ibtplt"),
    GOLD(Tool.GCC, "-fPIE", "-pie", "-fuse-ld=gold"),
    CLANG(Tool.CLANG, "-fPIE", "-pie"),
    LLD(Tool.CLANG, "-fPIE", "-pie", "-fuse-ld=lld"),
    PACKED(Tool.GCC, "-fPIE", "-pie", "-Wl,-z,pack-relative-relocs"),
    STATIC(Tool.GCC, "-static"),
    STATIC_PIE(Tool.GCC, "-fPIE", "-static-pie"),
    ARM(Tool.AARCH64_GCC, "-fPIE", "-pie"),
    ARM_FIXED(Tool.AARCH64_GCC, "-fno-pie", "-no-pie");

    private static final List<String> SOURCES = List.of("sites.c", "functions.c", "imports.c", "start.c", "sites.h");

    private final Tool compiler;
    private final List<String> flags;

    Build(Tool compiler, String... flags) {
        this.compiler = compiler;
        this.flags = List.of(flags);
    }

    boolean isArm() {
        return compiler == Tool.AARCH64_GCC;
    }

    Tool objdump() {
        return isArm() ? Tool.AARCH64_OBJDUMP : Tool.OBJDUMP;
    }

    Tool strip() {
        return isArm() ? Tool.AARCH64_STRIP : Tool.STRIP;
    }

    /// Skips the test where a tool is missing.
    Build required() {
        compiler.required();
        objdump().required();
        if (isArm()) {
            Tool.QEMU_AARCH64.required();
        }
        if (flags.contains("-fuse-ld=gold")) {
            Tool.GOLD.required();
        }
        if (flags.contains("-fuse-ld=lld")) {
            Tool.LLD.required();
        }
        return this;
    }

    /// Builds a program of sources that lie beside the tests, with its relocations kept.
    Path program(Path folder, List<String> sources, String... more) throws IOException {
        return link(folder, "program", sources, concat(List.of("-ffunction-sections", "-Wl,--emit-relocs"), more));
    }

    /// Builds what the flags say, and nothing more.
    Path link(Path folder, String out, List<String> sources, List<String> more) throws IOException {
        required();
        copySources(folder);
        List<String> command = new ArrayList<>(List.of(compiler.command(), "-O2", "-DPLT=\"\"", "-fno-builtin", "-w"));
        command.addAll(flags);
        command.addAll(more);
        command.addAll(sources);
        command.addAll(List.of("-o", out));
        Run.succeeding(folder, command);
        return folder.resolve(out);
    }

    /// Builds a shared library.
    Path library(Path folder, String out, List<String> sources, List<String> more) throws IOException {
        required();
        copySources(folder);
        List<String> command = new ArrayList<>(List.of(compiler.command(), "-O2", "-fno-builtin", "-w"));
        command.addAll(flags.stream()
                .filter(flag -> !flag.equals("-pie") && !flag.equals("-fPIE"))
                .toList());
        command.addAll(more);
        command.addAll(sources);
        command.addAll(List.of("-o", out));
        Run.succeeding(folder, command);
        return folder.resolve(out);
    }

    /// Compiles one source.
    Path object(Path folder, String source, String... more) throws IOException {
        required();
        copySources(folder);
        List<String> command =
                new ArrayList<>(List.of(compiler.command(), "-O2", "-DPLT=\"\"", "-fno-builtin", "-w", "-c", source));
        command.addAll(flags.stream()
                .filter(flag -> flag.startsWith("-f") && !flag.startsWith("-fuse-ld"))
                .toList());
        command.addAll(List.of(more));
        Run.succeeding(folder, command);
        return folder.resolve(source.substring(0, source.lastIndexOf('.')) + ".o");
    }

    /// Runs a program to its end, and gives its lines.
    List<String> run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isArm()) {
            command.addAll(List.of(Tool.QEMU_AARCH64.command(), "-L", "/usr/aarch64-linux-gnu"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return Run.succeeding(program.getParent(), command).lines();
    }

    private static List<String> concat(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static void copySources(Path folder) throws IOException {
        for (String name : SOURCES) {
            try (InputStream source = Build.class.getResourceAsStream(name)) {
                if (source == null) {
                    throw new IOException("no source " + name);
                }
                Files.write(folder.resolve(name), source.readAllBytes());
            }
        }
    }
}
