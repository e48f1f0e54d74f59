package dev.repoint.machine.plan;

/// What a patch changes to redirect a function.
public enum Mechanism {
    /// Its callers: calls, slots and pointers.
    SITES("sites"),
    /// The function itself, at its first instructions.
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
