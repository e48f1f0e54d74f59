package dev.repoint.openfeature;

import org.jspecify.annotations.Nullable;

/// What is known of a flag that a patchable follows.
///
/// @param flag its key
/// @param patchable the key of the patchable, as [dev.repoint.Key#text()]
/// @param value the last value that was applied, as text; null before there was one
/// @param problem why the last evaluation changed nothing; empty if it was in order
public record FlagState(
        String flag, String patchable, @Nullable String value, String problem) {}
