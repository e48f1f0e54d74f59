package dev.repoint.cli.watch;

/// What a patchable leads to.
///
/// @param key    as it is written in commands
/// @param target what it leads to
/// @param note   how, or what an operator has to know; may be empty
public record WatchedPatchable(String key, String target, String note) {}
