package dev.repoint.machine.site;

/// How safe it is to redirect the calls of a patchable: whether the compiler could rely on the body of the default.
public enum Safety {
    /// Declared as a hook: no compiler has seen a body under this name.
    HOOK("hook"),
    /// Declared `noipa`: gcc has seen the body, and uses no knowledge about it.
    NOIPA("noipa"),
    /// Imported: its body is in another module.
    IMPORT("import"),
    /// Neither: the compiler may have inlined, copied or merged it, or kept values in registers that it leaves
    /// alone.
    PLAIN("plain");

    private final String text;

    Safety(String text) {
        this.text = text;
    }

    /// As people read it, and as JSON has it: `hook`.
    public String text() {
        return text;
    }
}
