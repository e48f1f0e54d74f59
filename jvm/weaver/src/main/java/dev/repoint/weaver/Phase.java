package dev.repoint.weaver;

/// When a class is woven, which decides what may be added to it.
public enum Phase {

    /// At build time, or while the class is being loaded: methods may be added, so that patched methods get a
    /// twin, and patched calls go through bridges.
    LOAD,

    /// When the class is loaded already: only bodies may change, so that everything is written in place.
    RETRANSFORM
}
