package dev.repoint.elf.function;

/// Where a function, or a name of it, is known from.
public enum FunctionOrigin {
    /// The symbols for the loader.
    DYNAMIC_SYMBOL(".dynsym"),
    /// The symbols for linking.
    SYMBOL(".symtab"),
    /// The compressed symbols that some distributions leave in stripped files.
    COMPRESSED_SYMBOL(".gnu_debugdata"),
    /// The symbols of a debug file.
    DEBUG_FILE("debug file"),
    /// An unwind entry, which has no name.
    UNWIND_ENTRY("unwind entry");

    private final String text;

    FunctionOrigin(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }
}
