package dev.repoint.machine.instruction;

/// The kind of use of a patchable by a site.
public enum SiteKind {
    /// A direct call.
    CALL("call", true),
    /// A direct jump, which for a function is a tail call.
    JUMP("jump", true),
    /// A direct conditional jump: a tail call under a condition.
    CONDITIONAL_JUMP("conditional-jump", true),
    /// A call through a pointer in memory at a fixed place.
    POINTER_CALL("pointer-call", true),
    /// A jump through a pointer in memory at a fixed place.
    POINTER_JUMP("pointer-jump", true),
    /// Code that takes the address of the patchable.
    ADDRESS("address", false),
    /// Code that reads a pointer into a register.
    POINTER_LOAD("pointer-load", false),
    /// A slot of the global offset table, which the loader fills with the address of an imported function.
    GOT_SLOT("got-slot", true),
    /// A word of data that holds the address of the patchable.
    DATA_POINTER("data-pointer", true);

    private final String text;
    private final boolean patchable;

    SiteKind(String text, boolean patchable) {
        this.text = text;
        this.patchable = patchable;
    }

    /// As people read it, and as JSON has it: `conditional-jump`.
    public String text() {
        return text;
    }

    /// Whether a patch can redirect a site of this kind; other sites are only reported.
    public boolean isPatchable() {
        return patchable;
    }

    /// Whether it is an instruction; the others are words of data.
    public boolean isInstruction() {
        return this != GOT_SLOT && this != DATA_POINTER;
    }
}
