package dev.repoint.bench.nativecall;

/// A form in which native code calls a function that adds a number to its argument. Each has sites of its own.
enum Form {
    /// What all others are compared with.
    DIRECT("direct call", Kind.FUNCTION, false, 1),
    /// The same once more: how far two things that are equal come apart here.
    AGAIN("direct call, the same once more", Kind.FUNCTION, false, 1),
    /// A hook that nobody has set.
    DEFAULT("patchable, default", Kind.HOOK, false, 1),
    /// A hook that leads elsewhere.
    RETARGETED("patchable, retargeted", Kind.HOOK, true, 2),
    /// A hook that led elsewhere, and was reset.
    RESET("patchable, retargeted and reset", Kind.HOOK, true, 1),
    /// A call through a pointer, as it was compiled.
    POINTER("function pointer", Kind.POINTER, false, 1),
    /// The same, patched into a direct call.
    POINTER_PATCHED("function pointer, retargeted", Kind.POINTER, true, 2),
    /// A function of another library, through the procedure linkage table.
    PLT("PLT", Kind.IMPORT, false, 1),
    /// The same, patched into a direct call.
    PLT_PATCHED("PLT, retargeted", Kind.IMPORT, true, 2),
    /// A function that is chosen when the library is loaded.
    IFUNC("ifunc", Kind.IFUNC, false, 1),
    /// A call through a pointer that no processor guesses.
    RETPOLINE("function pointer, retpoline", Kind.RETPOLINE, false, 1);

    /// How what is called is declared.
    enum Kind {
        /// A function of the same library.
        FUNCTION,
        /// A hook of `repoint.h`.
        HOOK,
        /// A pointer of `repoint.h`.
        POINTER,
        /// A function of another library.
        IMPORT,
        /// `STT_GNU_IFUNC`.
        IFUNC,
        /// A pointer that is called through a thunk.
        RETPOLINE
    }

    final String label;
    final Kind kind;
    /// Whether its sites are patched before it is measured.
    final boolean isPatched;
    /// What it adds when it is measured.
    final int adds;

    Form(String label, Kind kind, boolean isPatched, int adds) {
        this.label = label;
        this.kind = kind;
        this.isPatched = isPatched;
        this.adds = adds;
    }

    /// What is called, in C.
    String symbol() {
        return "add_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The function with one site in a loop, in C.
    String hot() {
        return "hot_" + symbol();
    }

    /// The function that goes through all its distinct sites, in C.
    String many() {
        return "many_" + symbol();
    }
}
