package dev.repoint.linux.process;

import dev.repoint.machine.choice.PatchChoice;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a patch of another process may do. Immutable.
///
/// @param library  a library with targets that the process loads; it stays loaded; null for none
/// @param force    whether a target may be of another type than the default where debug information shows
///     both, and whether to trust a sandbox that cannot be looked into to permit the system calls of a patch
/// @param choice   by what functions are redirected
public record SetOptions(@Nullable Path library, boolean force, PatchChoice choice) {

    /// No library, no force, and the best choice.
    public static final SetOptions DEFAULT = new SetOptions(null, false, PatchChoice.BEST);

    /// Checks that the choice is there.
    public SetOptions {
        Objects.requireNonNull(choice, "choice");
    }

    /// The same with a library.
    public SetOptions withLibrary(@Nullable Path other) {
        return new SetOptions(other, force, choice);
    }

    /// The same with or without force.
    public SetOptions withForce(boolean other) {
        return new SetOptions(library, other, choice);
    }

    /// The same with another choice.
    public SetOptions withChoice(PatchChoice other) {
        return new SetOptions(library, force, other);
    }
}
