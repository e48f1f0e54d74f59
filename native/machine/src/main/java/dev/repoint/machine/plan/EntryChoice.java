package dev.repoint.machine.plan;

import dev.repoint.elf.function.DebugFiles;
import java.util.Optional;

/// How functions of a linked file are to be redirected.
///
/// @param mechanism  what is patched; if empty, sites where the file's relocations tell all calls, and entries where
///     they do not
/// @param isAllNames whether a function with several names may be diverted: all of its names then lead to the target
/// @param search     where names of functions are looked for
public record EntryChoice(Optional<Mechanism> mechanism, boolean isAllNames, DebugFiles search) {

    /// Sites only.
    public static EntryChoice sites() {
        return new EntryChoice(Optional.of(Mechanism.SITES), false, DebugFiles.none());
    }

    /// Whatever fits, with the names that the file has itself.
    public static EntryChoice best() {
        return new EntryChoice(Optional.empty(), false, DebugFiles.none());
    }
}
