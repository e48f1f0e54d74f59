package dev.repoint.linux.process;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a patch of another process may do. Immutable.
///
/// @param library  a library with targets that the process loads; it stays loaded; null for none
/// @param force    whether a target may be of another type than the default where debug information shows
///     both, and whether to trust a sandbox that cannot be looked into to permit the system calls of a patch
/// @param by       by what functions are redirected
/// @param allNames whether a function may be patched at its entry that has several names: all of them are redirected
public record SetOptions(@Nullable Path library, boolean force, PatchBy by, boolean allNames) {

    /// No library, no force, the means by choice, and one name.
    public static final SetOptions DEFAULT = new SetOptions(null, false, PatchBy.CHOICE, false);

    /// Checks that the means are there.
    public SetOptions {
        Objects.requireNonNull(by, "by");
    }

    /// The same with a library.
    public SetOptions withLibrary(@Nullable Path other) {
        return new SetOptions(other, force, by, allNames);
    }

    /// The same with or without force.
    public SetOptions withForce(boolean other) {
        return new SetOptions(library, other, by, allNames);
    }

    /// The same by other means.
    public SetOptions withBy(PatchBy other) {
        return new SetOptions(library, force, other, allNames);
    }

    /// The same with or without consent to several names.
    public SetOptions withAllNames(boolean other) {
        return new SetOptions(library, force, by, other);
    }
}
