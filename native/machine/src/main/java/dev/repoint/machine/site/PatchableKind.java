package dev.repoint.machine.site;

/// The kind of a native patchable.
public enum PatchableKind {
    /// A function.
    FUNCTION("function"),
    /// A word of data that holds the address of a function: a variable, or a member of one.
    POINTER("pointer");

    private final String text;

    PatchableKind(String text) {
        this.text = text;
    }

    /// As people read it: `pointer`.
    public String text() {
        return text;
    }
}
