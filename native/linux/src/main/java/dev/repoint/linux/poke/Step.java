package dev.repoint.linux.poke;

/// How far a batch has come: the numbered steps of [Poke].
enum Step {
    /// 2. Every site has its breakpoint, and every thread that gets there does what it did before.
    STOPPED,
    /// 3. Every thread that gets to a site does what it is to do from now on.
    FLIPPED,
    /// 4. Everything but the first bytes has been written.
    TAILS,
    /// 5. All of it has been written.
    DONE
}
