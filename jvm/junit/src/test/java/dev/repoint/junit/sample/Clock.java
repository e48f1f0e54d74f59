package dev.repoint.junit.sample;

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

    public static String elsewhere(String name) {
        return "elsewhere " + name;
    }
}
