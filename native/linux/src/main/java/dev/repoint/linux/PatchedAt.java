package dev.repoint.linux;

/// Where a [NativePatchable] is patched.
public enum PatchedAt {
    /// Where it is used: calls, slots and pointers that relocations name. A call inside of the target itself
    /// reaches the default.
    SITES("sites"),
    /// At its own first instructions: every caller is redirected, also one that calls through a pointer, or is
    /// loaded later.
    ENTRY("entry");

    private final String text;

    PatchedAt(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }
}
