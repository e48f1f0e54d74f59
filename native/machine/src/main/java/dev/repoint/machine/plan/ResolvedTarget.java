package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.Outcome;

/// A target as the planner needs it: a name has become an address.
sealed interface ResolvedTarget {

    /// As people read it.
    String text();

    /// Code of the file: a function, or the entry of an imported one in the procedure linkage table.
    ///
    /// @param address of its first instruction
    /// @param size    in bytes; 0 if not known, and for an entry of the procedure linkage table
    record Code(String text, long address, long size) implements ResolvedTarget {

        /// Whether an instruction is one of its own.
        boolean contains(long place) {
            return Long.compareUnsigned(place - address, size) < 0;
        }
    }

    /// An imported function that has no entry in the procedure linkage table: only the loader can bring its
    /// address.
    ///
    /// @param symbol its index in the symbols for the loader
    record Imported(String text, int symbol) implements ResolvedTarget {}

    /// To do nothing, or nothing but give zero.
    record Empty(String text, Outcome outcome) implements ResolvedTarget {}

    /// The default.
    record Default() implements ResolvedTarget {
        @Override
        public String text() {
            return "default";
        }
    }
}
