package com.acme.fields;

import dev.repoint.Mode;
import dev.repoint.Patchable;
import java.util.function.IntBinaryOperator;

/// Fields that are patchable by their own word, and some that are not.
public class Flags {

    /// How fast.
    public enum Speed {
        SLOW,
        FAST
    }

    @Patchable
    public static boolean fast;

    @Patchable
    public static int level = 1;

    @Patchable
    public static volatile long stamp = 10;

    @Patchable(mode = Mode.POINTER)
    public static double polled = 0.5;

    @Patchable
    public static Speed speed = Speed.SLOW;

    @Patchable
    public static String name = "none";

    @Patchable
    public static IntBinaryOperator operation = Integer::sum;

    @Patchable
    private static int hidden = 3;

    /// Not asked for.
    public static int plain = 4;

    @Patchable
    static final Object FIXED = new Object();

    @Patchable
    int ofInstances;

    /// Reads a private field.
    public static int hidden() {
        return hidden;
    }

    /// Reads itself while it is being initialised, and assigns.
    static class Nested {
        static int next() {
            return ++hidden;
        }
    }
}
