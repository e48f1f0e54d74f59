package com.acme.twin;

import java.lang.invoke.MethodHandles;

/// An interface with code of every kind.
public interface Sums {

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    default String label() {
        return "sums";
    }

    default int total(int by) {
        return plus(by) + twice(by);
    }

    static int twice(int a) {
        return doubled(a);
    }

    private int plus(int by) {
        return by + 1;
    }

    private static int doubled(int a) {
        return a * 2;
    }
}
