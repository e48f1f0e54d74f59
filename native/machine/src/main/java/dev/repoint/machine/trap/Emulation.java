package dev.repoint.machine.trap;

/// What a thread does at a site: what the instruction there would do, as the trap handler does it instead.
/// Immutable.
///
/// @param kind      what it is
/// @param condition of a conditional jump, as the processor numbers them, else 0
/// @param operand   its destination, or the address of the pointer that it reads; 0 if neither
public record Emulation(Kind kind, int condition, long operand) {

    /// The kinds.
    public enum Kind {
        /// Goes to the operand, and remembers the address behind the site as the return address.
        CALL(0),
        /// Goes to the operand.
        JUMP(1),
        /// Goes to the content of the word at the operand, with the return address as for [#CALL].
        POINTER_CALL(2),
        /// Goes to the content of the word at the operand.
        POINTER_JUMP(3),
        /// Goes on behind the site.
        NOTHING(4),
        /// Clears the register of results, and goes on behind the site.
        ZERO(5),
        /// Returns to the caller.
        RETURN(6),
        /// Goes to the operand if the condition holds, else on behind the site. Its number is that of the
        /// condition `o`.
        CONDITIONAL_JUMP(16);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /// The number by which the handler knows it.
        public int number() {
            return number;
        }
    }

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the condition is out of its range, or of another kind
    public Emulation {
        if ((condition & ~0xf) != 0 || condition != 0 && kind != Kind.CONDITIONAL_JUMP) {
            throw new IllegalArgumentException("condition " + condition + " of a " + kind);
        }
    }

    /// One that is of a kind without condition and operand.
    public static Emulation still(Kind kind) {
        return new Emulation(kind, 0, 0);
    }

    /// A jump to an address.
    public static Emulation jump(long target) {
        return new Emulation(Kind.JUMP, 0, target);
    }

    /// The number by which the handler knows it.
    public long code() {
        return (long) kind.number + condition;
    }
}
