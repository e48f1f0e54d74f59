package dev.repoint.linux.process;

/// By what a function of another process is redirected.
public enum PatchBy {
    /// By its sites where they are all uses of it that can be known, else at its entry.
    CHOICE("choice"),
    /// By its sites: the calls and pointers that relocations tell of.
    SITES("sites"),
    /// At its entry, which every caller reaches.
    ENTRY("entry");

    private final String text;

    PatchBy(String text) {
        this.text = text;
    }

    /// As people write it.
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
