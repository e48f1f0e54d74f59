package dev.repoint.machine.choice;

/// What a patch changes to redirect a function.
public enum Mechanism {
    /// Its sites: the calls, slots and pointers that relocations name.
    SITES("sites"),
    /// The function itself, at its first instructions: every caller is redirected, also one that calls through a
    /// pointer, or is loaded later.
    ENTRY("entry");

    private final String text;

    Mechanism(String text) {
        this.text = text;
    }

    /// As people read it, and as JSON has it.
    public String text() {
        return text;
    }
}
