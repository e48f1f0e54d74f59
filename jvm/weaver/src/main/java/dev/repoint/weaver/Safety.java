package dev.repoint.weaver;

/// How far a method or field can be patched.
public enum Safety {

    /// It can get a patchable entry, which covers every caller.
    ENTRY("entry"),

    /// It is a field, whose reads and assignments can be patched.
    FIELD("field"),

    /// Only its calls can be patched, where they are made.
    SITES("sites"),

    /// Not at all.
    NONE("none");

    private final String text;

    Safety(String text) {
        this.text = text;
    }

    /// The word for it in reports and in the table.
    ///
    /// @return `entry`, `field`, `sites` or `none`
    public String text() {
        return text;
    }
}
