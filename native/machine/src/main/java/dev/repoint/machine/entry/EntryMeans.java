package dev.repoint.machine.entry;

/// How a function can be diverted at its entry.
public enum EntryMeans {
    /// Its first instructions mean the same anywhere.
    AS_IT_IS("as it is"),
    /// Some of its first instructions are rewritten in the copy.
    REWRITTEN("rewritten"),
    /// It is shorter than the jump, which runs on into the padding behind it. The copy may be rewritten, too.
    PADDING("padding"),
    /// The compiler left room for the jump (`-fpatchable-function-entry`).
    PAD("pad");

    private final String text;

    EntryMeans(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }
}
