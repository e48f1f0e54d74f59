package dev.repoint.linux;

/// A word of memory that holds the address of a function. Several rows of a table may mean the same one.
final class LiveWord {

    /// Who may store to it beside us.
    enum Owner {
        /// Nobody but the loader, long ago: a slot.
        LOADER,
        /// The program, if it is so written; then that is the default from now on: a pointer.
        PROGRAM,
        /// The program; then it is no use of the function any more: a pointer that the compiler gave the function's address.
        COMPILER
    }

    private final long address;
    private boolean isKnown;
    private long byDefault;
    private long now;

    LiveWord(long address) {
        this.address = address;
    }

    /// Where it is in memory.
    long address() {
        return address;
    }

    /// Whether stores to it are seen at once.
    boolean isAligned() {
        return (address & Long.BYTES - 1) == 0;
    }

    /// Whether it was ever changed.
    boolean isKnown() {
        return isKnown;
    }

    /// What it held before it was changed.
    long byDefault() {
        return byDefault;
    }

    /// What it was left with.
    long now() {
        return now;
    }

    /// Remembers what a patch that has come into effect left.
    void left(long before, long value) {
        isKnown = true;
        byDefault = before;
        now = value;
    }
}
