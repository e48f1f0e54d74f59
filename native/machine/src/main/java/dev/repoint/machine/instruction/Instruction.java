package dev.repoint.machine.instruction;

/// An instruction that uses a function or a pointer.
public sealed interface Instruction {

    /// The kind of its use.
    SiteKind kind();

    /// The address of its first byte, without prefixes that change nothing (`bnd`, `notrack`, `addr32`, `rex.W`):
    /// without the start of the function, they look like the last bytes of the instruction before.
    long address();

    /// Its length in bytes.
    int length();

    /// A call, jump or conditional jump to a fixed place.
    ///
    /// @param kind        [SiteKind#CALL], [SiteKind#JUMP] or [SiteKind#CONDITIONAL_JUMP]
    /// @param address     of its first byte
    /// @param length      in bytes; 2 is a short jump of x86-64, which cannot be redirected
    /// @param destination its destination
    record Branch(SiteKind kind, long address, int length, long destination) implements Instruction {
        /// @throws IllegalArgumentException if the kind is another
        public Branch {
            check(kind, kind == SiteKind.CALL || kind == SiteKind.JUMP || kind == SiteKind.CONDITIONAL_JUMP);
        }
    }

    /// A call or jump through a pointer in memory.
    ///
    /// @param kind    [SiteKind#POINTER_CALL] or [SiteKind#POINTER_JUMP]
    /// @param address of its first byte
    /// @param length  in bytes
    /// @param slot    the address of the pointer
    record PointerBranch(SiteKind kind, long address, int length, long slot) implements Instruction {
        /// @throws IllegalArgumentException if the kind is another
        public PointerBranch {
            check(kind, kind == SiteKind.POINTER_CALL || kind == SiteKind.POINTER_JUMP);
        }
    }

    /// An instruction that forms an address, or reads what lies there.
    ///
    /// @param kind        [SiteKind#ADDRESS], or [SiteKind#POINTER_LOAD] if it reads a pointer at the
    ///     destination
    /// @param address     of its first byte; where two instructions form the address, of the one that completes
    ///     it
    /// @param length      in bytes
    /// @param destination the address formed or read
    record Reference(SiteKind kind, long address, int length, long destination) implements Instruction {
        /// @throws IllegalArgumentException if the kind is another
        public Reference {
            check(kind, kind == SiteKind.ADDRESS || kind == SiteKind.POINTER_LOAD);
        }
    }

    /// A site that was made to do nothing: bytes that only [Architecture#encode] leaves where a relocation is.
    ///
    /// @param kind    its kind before
    /// @param address of its first byte
    /// @param length  in bytes
    /// @param outcome its effect instead: [Outcome.Nothing] or [Outcome.Zero]
    record Emptied(SiteKind kind, long address, int length, Outcome outcome) implements Instruction {
        /// @throws IllegalArgumentException if the kind is not patchable, or the outcome has a destination
        public Emptied {
            check(kind, kind.isPatchable() && kind.isInstruction() && !(outcome instanceof Outcome.To));
        }
    }

    private static void check(SiteKind kind, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("kind " + kind + " does not fit");
        }
    }
}
