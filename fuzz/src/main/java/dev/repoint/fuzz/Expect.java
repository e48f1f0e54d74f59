package dev.repoint.fuzz;

/// What must hold; anything else is a finding.
final class Expect {

    private Expect() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }

    /// A message for people, which is one line.
    static void oneLine(Exception refused) {
        String message = refused.getMessage();
        if (message == null || message.isBlank() || message.lines().count() != 1) {
            throw new AssertionError("expected a message of one line", refused);
        }
    }
}
