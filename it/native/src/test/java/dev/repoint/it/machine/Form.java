package dev.repoint.it.machine;

import java.util.List;

/// What the code of the matrix is linked into.
enum Form {
    /// An executable at a fixed address.
    FIXED("fixed", List.of("-fno-pie"), List.of("-no-pie")),
    /// An executable that can be loaded anywhere.
    PIE("pie", List.of("-fPIE"), List.of("-pie")),
    /// A library whose own calls go through the procedure linkage table, as other modules may replace its
    /// functions.
    SHARED("shared", List.of("-fPIC"), List.of("-shared")),
    /// A library that calls its own functions directly.
    SYMBOLIC("symbolic", List.of("-fPIC"), List.of("-shared", "-Wl,-Bsymbolic")),
    /// A library whose hooks and pointers are not visible outside.
    HIDDEN("hidden", List.of("-fPIC", "-DREPOINT_HIDDEN"), List.of("-shared"));

    private final String text;
    private final List<String> compile;
    private final List<String> link;

    Form(String text, List<String> compile, List<String> link) {
        this.text = text;
        this.compile = compile;
        this.link = link;
    }

    /// Part of the name of a build.
    String text() {
        return text;
    }

    /// Flags of the compiler.
    List<String> compile() {
        return compile;
    }

    /// Flags of the linker.
    List<String> link() {
        return link;
    }

    /// Whether it is a library, which a small program loads.
    boolean isLibrary() {
        return this == SHARED || this == SYMBOLIC || this == HIDDEN;
    }
}
