package com.acme;

import java.lang.invoke.MethodHandles;

/// An interface with methods of every form.
public interface Shaped {

    /// The capability to patch what is here.
    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    int sides();

    default String name() {
        return prefix() + sides();
    }

    static Shaped of(int sides) {
        if (sides < 0) {
            throw new IllegalArgumentException("sides");
        }
        return () -> sides;
    }

    private String prefix() {
        return "shape";
    }
}
