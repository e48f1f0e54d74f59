package dev.repoint.junit.sample;

import dev.repoint.Original;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// What the tests patch.
public final class Clock {

    private static int rings;

    private Clock() {}

    public static long millis() {
        return 1;
    }

    static String zone(String name) {
        return "default " + name;
    }

    public static void ring() {
        rings++;
    }

    public static int rings() {
        return rings;
    }

    public static String inZone(String name) {
        return zone(name);
    }

    static String loudly(@Original UnaryOperator<String> original, String name) {
        return original.apply(name).toUpperCase(Locale.ROOT);
    }

    public static String elsewhere(String name) {
        return "elsewhere " + name;
    }
}
