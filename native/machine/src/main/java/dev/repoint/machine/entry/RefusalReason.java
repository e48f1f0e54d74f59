package dev.repoint.machine.entry;

/// Why a function cannot be diverted at its entry.
public enum RefusalReason {
    /// No code of the file stands at the address.
    NO_CODE("no code"),
    /// The address is one inside a function, or not that of an instruction.
    NOT_AN_ENTRY("not an entry"),
    /// It chooses which function is called, once, when the program is loaded.
    INDIRECT_FUNCTION("indirect function"),
    /// It is the part of a function that rarely runs, and is never called.
    COLD_PART("cold part"),
    /// Some of its bytes are no instruction that is known.
    UNKNOWN_BYTES("unknown bytes"),
    /// It jumps to its own entry.
    LOOP_TO_ENTRY("loop to the entry"),
    /// A branch leads among the bytes to be overwritten.
    BRANCH_INSIDE("branch inside"),
    /// Bytes that are no known code may be a branch among the bytes to be overwritten.
    PERHAPS_BRANCH_INSIDE("perhaps a branch inside"),
    /// A symbol names a place among the bytes to be overwritten.
    SYMBOL_INSIDE("symbol inside"),
    /// An unwind entry begins or ends among the bytes to be overwritten.
    UNWIND_INSIDE("unwind entry inside"),
    /// It is shorter than the jump, and what follows is no padding, or not enough.
    TOO_SHORT("too short"),
    /// It is shorter than the jump, and runs on into what follows.
    RUNS_ON("runs on into padding"),
    /// An instruction to be moved has no form that works elsewhere.
    NOT_MOVABLE("not movable"),
    /// There is no place that all of the moved instructions reach.
    OUT_OF_REACH("out of reach"),
    /// Something compares instruction pointers with addresses among the bytes to be overwritten.
    KEYED_BY_ADDRESS("keyed by address"),
    /// An exception that passes a moved call would end elsewhere.
    EXCEPTION_HANDLER("exception handler"),
    /// What its unwind entry says cannot be said of a copy.
    UNKNOWN_UNWINDING("unknown unwinding"),
    /// The loader changes some of the bytes to be overwritten.
    RELOCATED("relocated by the loader");

    private final String text;

    RefusalReason(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }
}
