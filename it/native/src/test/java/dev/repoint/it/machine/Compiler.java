package dev.repoint.it.machine;

import dev.repoint.fixtures.Tool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A compiler, the machine that it compiles for, and what runs the result.
enum Compiler {
    /// gcc for x86-64.
    GCC("gcc", EnumSet.allOf(Linker.class), Tool.GCC, Tool.GXX, Tool.OBJDUMP),
    /// clang for x86-64.
    CLANG("clang", EnumSet.allOf(Linker.class), Tool.CLANG, Tool.CLANGXX, Tool.OBJDUMP),
    /// gcc for AArch64, whose driver does not find `ld.lld`.
    AARCH64_GCC(
            "aarch64-gcc",
            EnumSet.complementOf(EnumSet.of(Linker.LLD)),
            Tool.AARCH64_GCC,
            Tool.AARCH64_GXX,
            Tool.AARCH64_OBJDUMP),
    /// clang for AArch64.
    AARCH64_CLANG("aarch64-clang", EnumSet.allOf(Linker.class), Tool.CLANG, Tool.CLANGXX, Tool.AARCH64_OBJDUMP);

    private final String text;
    private final Set<Linker> linkers;
    private final Tool c;
    private final Tool cxx;
    private final Tool objdump;

    Compiler(String text, Set<Linker> linkers, Tool c, Tool cxx, Tool objdump) {
        this.text = text;
        this.linkers = linkers;
        this.c = c;
        this.cxx = cxx;
        this.objdump = objdump;
    }

    /// Part of the name of a build.
    String text() {
        return text;
    }

    boolean isAarch64() {
        return objdump == Tool.AARCH64_OBJDUMP;
    }

    boolean isClang() {
        return c == Tool.CLANG;
    }

    /// Whether the driver can be told to link with that one.
    boolean links(Linker linker) {
        return linkers.contains(linker);
    }

    /// Skips the running test if anything is missing that is needed to build for, look at and run on the
    /// machine.
    void required() {
        c.required();
        cxx.required();
        objdump.required();
        if (isAarch64()) {
            Tool.QEMU_AARCH64.required();
            Tool.AARCH64_GCC.required(); // brings the C library and the start-up code for clang as well
        }
    }

    /// The command that compiles and links C.
    List<String> c() {
        return driver(c);
    }

    /// The command that compiles C++.
    List<String> cxx() {
        return driver(cxx);
    }

    /// The disassembler.
    String objdump() {
        return objdump.command();
    }

    /// The command that runs a program.
    ///
    /// @param libraries a search path for shared libraries
    /// @param program   the executable
    List<String> run(String libraries, String program) {
        List<String> command = new ArrayList<>(List.of("env", "LD_LIBRARY_PATH=" + libraries));
        if (isAarch64()) {
            command.addAll(List.of(Tool.QEMU_AARCH64.command(), "-L", "/usr/aarch64-linux-gnu"));
        }
        command.add(program);
        return command;
    }

    private List<String> driver(Tool tool) {
        return this == AARCH64_CLANG ? List.of(tool.command(), "--target=aarch64-linux-gnu") : List.of(tool.command());
    }
}
