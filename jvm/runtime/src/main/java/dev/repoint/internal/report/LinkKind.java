package dev.repoint.internal.report;

import java.util.Locale;

/// What kind of place links to a patchable.
public enum LinkKind {
    /// The first instructions of the method itself.
    ENTRY,
    /// The calls, or reads, that one class makes.
    SITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
