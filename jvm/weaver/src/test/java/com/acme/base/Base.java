package com.acme.base;

import java.lang.invoke.MethodHandles;

/// A superclass in another package, whose protected members only a subclass may call, on its own kind.
public class Base {

    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    protected int field = 3;

    protected String guarded(int a) {
        return "guarded" + a;
    }

    protected static String guardedStatic(String a) {
        return "static " + a;
    }

    public String overridden() {
        return "base";
    }
}
