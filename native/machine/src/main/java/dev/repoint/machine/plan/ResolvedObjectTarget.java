package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.Outcome;

/// A target in the terms of an object file: a name has become a symbol.
sealed interface ResolvedObjectTarget {

    /// As people read it.
    String text();

    /// A symbol, which the linker finds.
    ///
    /// @param index  in the table of symbols
    /// @param addend to its value
    record Symbol(String text, int index, long addend) implements ResolvedObjectTarget {}

    /// To do nothing, or nothing but give zero.
    record Empty(String text, Outcome outcome) implements ResolvedObjectTarget {}

    /// The default.
    record Default() implements ResolvedObjectTarget {
        @Override
        public String text() {
            return "default";
        }
    }
}
