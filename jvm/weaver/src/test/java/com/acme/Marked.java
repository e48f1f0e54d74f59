package com.acme;

import dev.repoint.Mode;
import dev.repoint.Patchable;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;

/// Says itself what is patchable.
public class Marked implements Supplier<String> {

    /// The capability to patch what is here.
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Patchable
    public static int twice(int a) {
        return a * 2;
    }

    @Patchable(mode = Mode.POINTER)
    public static int often(int a) {
        return a * 3;
    }

    /// Has a bridge, which carries the annotation too.
    @Patchable
    @Override
    public String get() {
        return "default";
    }

    public static int plain(int a) {
        return a;
    }
}
