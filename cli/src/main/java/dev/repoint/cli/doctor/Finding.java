package dev.repoint.cli.doctor;

/// What a check has found.
///
/// @param level how good that is
/// @param subject what was looked at, in a word or two
/// @param found what was found
/// @param remedy how to mend it; empty where all is well
public record Finding(Level level, String subject, String found, String remedy) {

    /// How good a finding is.
    public enum Level {
        /// As it should be.
        OK,
        /// Something that most commands do without.
        NOTE,
        /// Commands cannot work.
        OFF
    }

    /// All is well.
    static Finding ok(String subject, String found) {
        return new Finding(Level.OK, subject, found, "");
    }

    /// Something is missing that most commands do without.
    static Finding note(String subject, String found, String remedy) {
        return new Finding(Level.NOTE, subject, found, remedy);
    }

    /// Something essential is off.
    static Finding off(String subject, String found, String remedy) {
        return new Finding(Level.OFF, subject, found, remedy);
    }
}
