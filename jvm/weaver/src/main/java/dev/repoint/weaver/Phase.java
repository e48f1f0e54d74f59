package dev.repoint.weaver;

/// The time of weaving. It decides what the weaver may add to a class.
public enum Phase {

    /// Build time, or the load of the class. The weaver may add methods, so patched calls go through bridges, and a
    /// method whose body works only in its class keeps a twin.
    LOAD,

    /// After the load of the class. The weaver may change only bodies, so it writes everything in place.
    RETRANSFORM
}
