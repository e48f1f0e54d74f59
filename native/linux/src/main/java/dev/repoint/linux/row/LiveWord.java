package dev.repoint.linux.row;

/// A word of memory that holds the address of a function. Several rows of a table may mean the same one.
public final class LiveWord {

    /// Who may store to it beside us.
    public enum Owner {
        /// Only the loader, long ago: a slot.
        LOADER,
        /// The program, if it is so written; then that is the default from now on: a pointer.
        PROGRAM,
        /// The program; then it is no use of the function any more: a pointer that the compiler gave the
        /// function's address.
        COMPILER
    }

    private final long address;
    private boolean isKnown;
    private long byDefault;
    private long now;

    /// A word that was not changed yet.
    public LiveWord(long address) {
        this.address = address;
    }

    /// Where it is in memory.
    public long address() {
        return address;
    }

    /// Whether stores to it are seen at once.
    public boolean isAligned() {
        return (address & Long.BYTES - 1) == 0;
    }

    /// Whether it was ever changed.
    public boolean isKnown() {
        return isKnown;
    }

    /// What it held before it was changed.
    public long byDefault() {
        return byDefault;
    }

    /// What it was left with.
    public long now() {
        return now;
    }

    /// Remembers what a patch that has come into effect left.
    public void left(long before, long value) {
        isKnown = true;
        byDefault = before;
        now = value;
    }
}
