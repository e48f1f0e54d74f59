package dev.repoint.bench.process;

/// What is patched of a program with many functions, and how.
enum Functions {
    /// What the others are compared with: each function is called at one site.
    SITES("a site of each"),
    /// The functions at their entries.
    ENTRIES("the entry of each"),
    /// As many calls of one function.
    HOOK("as many sites of one function");

    final String label;

    Functions(String label) {
        this.label = label;
    }
}
