package dev.repoint.weaver;

/// The possible patches of a method or field.
public enum Safety {

    /// It can get a patchable entry. A patch of the entry redirects every caller.
    ENTRY("entry"),

    /// It is a field. Its reads and assignments can be patched.
    FIELD("field"),

    /// Only its calls can be patched, in the calling classes.
    SITES("sites"),

    /// It cannot be patched.
    NONE("none");

    private final String text;

    Safety(String text) {
        this.text = text;
    }

    /// The word in reports and in the table.
    ///
    /// @return `entry`, `field`, `sites` or `none`
    public String text() {
        return text;
    }
}
