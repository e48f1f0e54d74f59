package dev.repoint.machine.instruction;

/// One instruction on the way through a function, as far as it matters where it stands and what runs next.
///
/// @param address     of its first byte, prefixes included
/// @param length      in bytes
/// @param flow        what runs behind it
/// @param isRelative  whether it means a place by the distance from itself
/// @param destination that place; 0 if it means none
public record Step(long address, int length, Flow flow, boolean isRelative, long destination) {

    /// What runs behind an instruction.
    public enum Flow {
        /// The next one.
        NEXT,
        /// The function at the destination, then the next one.
        CALL,
        /// What stands at the destination.
        JUMP,
        /// What stands at the destination, or the next one.
        CONDITIONAL_JUMP,
        /// A function by a pointer, which may lie at the destination; then the next one.
        POINTER_CALL,
        /// What a pointer leads to, which may lie at the destination.
        POINTER_JUMP,
        /// The caller, or nothing.
        END;

        /// Whether the next instruction never runs behind it.
        public boolean isEnd() {
            return this == JUMP || this == POINTER_JUMP || this == END;
        }

        /// Whether it leaves its next instruction as a return address.
        public boolean isCall() {
            return this == CALL || this == POINTER_CALL;
        }
    }

    /// The address behind its last byte.
    public long end() {
        return address + length;
    }

    /// Whether it branches to its destination.
    public boolean isBranch() {
        return flow == Flow.CALL || flow == Flow.JUMP || flow == Flow.CONDITIONAL_JUMP;
    }
}
