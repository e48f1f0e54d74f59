package dev.repoint.linux;

/// What the programs of these tests expect: an error ends them.
final class Verify {

    private Verify() {}

    static void expect(int found, int expected, String... what) {
        check(found == expected, String.join(" ", what) + " " + found + ", not " + expected);
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static NativePatchException refused(Runnable change, String why) {
        try {
            change.run();
        } catch (NativePatchException e) {
            check(e.getMessage().contains(why) && !e.getMessage().contains("\n"), e.getMessage());
            return e;
        }
        throw new AssertionError("it was made");
    }
}
