package com.acme;

import java.lang.invoke.MethodHandles;
import java.util.List;

/// What the calls lead to.
public class Ops implements Greeter {

    private final String text;

    public Ops(String text) {
        this.text = text;
    }

    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    public static int add(int a, int b) {
        return a + b;
    }

    public static void nothing() {}

    public static long mixed(long a, double b, String c, float d, int[] e) {
        return (long) (a + b + c.length() + d + e.length);
    }

    public static double half(double a) {
        return a / 2;
    }

    public static Object same(Object a) {
        return a;
    }

    public static String fail(String message) {
        throw new IllegalStateException(message);
    }

    public static List<String> list(String... values) {
        return List.of(values);
    }

    public String text() {
        return text;
    }

    public Ops with(String suffix) {
        return new Ops(text + suffix);
    }

    @Override
    public String greet(String whom) {
        return text + " " + whom;
    }
}
