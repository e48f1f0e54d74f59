package dev.repoint.machine.entry;

/// What a user should know of a patch at an entry before applying it.
///
/// @param kind of what it says
/// @param text one sentence
public record EntryNote(Kind kind, String text) {

    /// What a note is about.
    public enum Kind {
        /// The function has several names, and all are diverted. Ask for consent.
        SEVERAL_NAMES,
        /// The compiler made copies or parts of the function, which are not diverted.
        CLONES,
        /// The function was copied into callers, which are not diverted.
        INLINED,
        /// Code of the same file branches to the function directly. A compiler that saw both may have used what it
        /// knows of the body: a constant result, or registers that it leaves alone (gcc, `-fipa-ra`).
        KNOWN_BODY,
        /// The function calls itself: those calls are diverted, too.
        RECURSION,
        /// The function jumps by a table or a pointer, which cannot be followed.
        UNSEEN_JUMPS
    }
}
