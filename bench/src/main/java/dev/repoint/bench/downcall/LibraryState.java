package dev.repoint.bench.downcall;

/// What was done to a library before Java calls it.
public enum LibraryState {
    /// Loaded as any Java program loads a library, without Repoint.
    PLAIN("a library that Repoint does not know", 1),
    /// Loaded by Repoint, and nothing set.
    DEFAULT("its hook is at the default", 1),
    /// Its hook leads to another function.
    RETARGETED("its hook is retargeted", 2),
    /// Its hook led to another function, and was reset.
    RESET("its hook was retargeted and reset", 1);

    final String label;
    final int adds;

    LibraryState(String label, int adds) {
        this.label = label;
        this.adds = adds;
    }
}
