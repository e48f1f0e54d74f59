package dev.repoint.cli.demo;

/// What the status was to say at some moment, and what it said.
///
/// @param when at which moment, with a blank at its end, or empty
/// @param wanted how the target was to begin, or `default`
/// @param found the target that the status named
record StatusCheck(String when, String wanted, String found) {

    private static final String DEFAULT = "default";

    /// Whether they agree.
    boolean isRight() {
        return wanted.equals(DEFAULT) ? found.equals(DEFAULT) : found.startsWith(wanted);
    }

    /// How they do not, for people to read.
    String fault() {
        String article = wanted.equals(DEFAULT) ? "the " : "";
        return "status said " + when + "that the target was " + found + " and not " + article + wanted;
    }
}
