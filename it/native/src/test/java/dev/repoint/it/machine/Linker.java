package dev.repoint.it.machine;

import dev.repoint.fixtures.Tool;

/// A linker.
enum Linker {
    /// That of GNU.
    BFD("bfd", Tool.BFD),
    /// The second one of GNU.
    GOLD("gold", Tool.GOLD),
    /// That of LLVM.
    LLD("lld", Tool.LLD);

    private final String text;
    private final Tool tool;

    Linker(String text, Tool tool) {
        this.text = text;
        this.tool = tool;
    }

    /// What `-fuse-ld=` calls it.
    String text() {
        return text;
    }

    /// Skips the running test if it is missing.
    void required() {
        tool.required();
    }
}
