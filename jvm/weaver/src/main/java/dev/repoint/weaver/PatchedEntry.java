package dev.repoint.weaver;

import dev.repoint.Key;

/// A method that got its prologue.
///
/// @param key the method
/// @param twin whether its class has kept a copy of the default, because its body works only there
public record PatchedEntry(Key key, boolean twin) {}
