package com.acme;

import java.lang.invoke.MethodHandles;

/// An interface with a method for `invokeinterface` and one for `Greeter.super`.
public interface Greeter {

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    String greet(String whom);

    default String farewell(String whom) {
        return "bye " + whom;
    }

    static String shout(String what) {
        return what + "!";
    }
}
