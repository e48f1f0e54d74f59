package dev.repoint.it.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// One way to build the program of the matrix.
///
/// @param compiler     who compiles
/// @param linker       who links
/// @param optimisation `-O2`, `-O3` or `-Os`
/// @param lto          whether with link-time optimisation
/// @param plt          whether imports are called through the procedure linkage table, else `-fno-plt`
/// @param form         what comes out
/// @param sections     whether every function has a section of its own
/// @param icf          whether the linker folds identical functions
record Build(
        Compiler compiler,
        Linker linker,
        String optimisation,
        boolean lto,
        boolean plt,
        Form form,
        boolean sections,
        boolean icf) {

    /// Every build that the tools can make.
    static List<Build> all() {
        List<Build> all = new ArrayList<>();
        for (Compiler compiler : Compiler.values()) {
            for (Linker linker : Linker.values()) {
                for (String optimisation : List.of("-O2", "-O3", "-Os")) {
                    for (Form form : Form.values()) {
                        for (int bits = 0; bits < 16; bits++) {
                            Build build = new Build(
                                    compiler,
                                    linker,
                                    optimisation,
                                    (bits & 1) != 0,
                                    (bits & 2) == 0,
                                    form,
                                    (bits & 4) == 0,
                                    (bits & 8) != 0);
                            if (build.isPossible()) {
                                all.add(build);
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    /// The choices, each as text that no other choice has.
    List<String> choices() {
        return List.of(
                compiler.text(),
                linker.text(),
                optimisation,
                lto ? "lto" : "no-lto",
                plt ? "plt" : "no-plt",
                form.text(),
                sections ? "sections" : "no-sections",
                icf ? "icf" : "no-icf");
    }

    /// The builds to try.
    ///
    /// @param matrix `pairs`, `full`, or a number: every so many-th of all
    static List<Build> chosen(String matrix) {
        List<Build> all = all();
        if (matrix.equals("pairs")) {
            return Pairs.cover(all);
        }
        int step = matrix.equals("full") ? 1 : Integer.parseInt(matrix);
        return IntStream.range(0, all.size())
                .filter(i -> i % step == step / 2)
                .mapToObj(all::get)
                .toList();
    }

    /// Whether calls of a hook may go through a register, by instructions that only take its address: clang
    /// does that for several calls in one function that are not to go through the procedure linkage table, and
    /// linkers then leave out the slot.
    boolean callsThroughRegisters() {
        return compiler == Compiler.CLANG && !plt && form != Form.HIDDEN;
    }

    /// Whether jumps to hooks may lack their relocation: gcc makes strong symbols of the hooks when it
    /// optimises at link time, and the assembler then resolves jumps inside the one section.
    boolean losesJumps() {
        return compiler == Compiler.GCC && lto && !sections;
    }

    /// Whether some relocations are written to a wrong place: gold does that for AArch64, to one section of
    /// each group.
    boolean misplacesRelocations() {
        return compiler.isAarch64() && linker == Linker.GOLD;
    }

    /// Flags of the compiler.
    List<String> compile() {
        List<String> flags = new ArrayList<>(List.of(optimisation, "-Wall", "-Wextra", "-Werror"));
        flags.addAll(form.compile());
        if (lto) {
            flags.add("-flto");
        }
        if (!plt) {
            flags.add("-fno-plt");
        }
        flags.add(sections ? "-ffunction-sections" : "-fno-function-sections");
        return flags;
    }

    /// Flags of the linker.
    List<String> link() {
        List<String> flags =
                new ArrayList<>(List.of("-fuse-ld=" + linker.text(), "-Wl,--emit-relocs", "-Wl,--build-id"));
        flags.addAll(form.link());
        if (icf) {
            flags.add("-Wl,--icf=all");
        }
        // Small code has hardly any padding, and lld leaves no rest of a page: no room for a veneer.
        if (linker == Linker.LLD) {
            flags.add("-Wl,-z,separate-loadable-segments");
        }
        return flags;
    }

    /// What to read in the name of a test.
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(choices());
        words.removeIf(word ->
                word.equals("no-lto") || word.equals("plt") || word.equals("sections") || word.equals("no-icf"));
        return String.join(" ", words);
    }

    /// Measured with gcc 12, clang 14, binutils 2.40 and lld 14: lld does not read what gcc writes for
    /// link-time optimisation; gold ends with an internal error when it is to keep relocations and to fold, or
    /// to leave out unused sections.
    private boolean isPossible() {
        if (!compiler.links(linker)) {
            return false;
        }
        if (lto && !compiler.isClang() && linker == Linker.LLD) {
            return false;
        }
        return !icf || linker == Linker.LLD;
    }
}
