package dev.repoint.weaver;

import dev.repoint.Key;

/// A method that got its prologue.
///
/// @param key the method
/// @param twin whether its class now has a callable copy of the default
public record PatchedEntry(Key key, boolean twin) {}
