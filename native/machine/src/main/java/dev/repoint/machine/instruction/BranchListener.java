package dev.repoint.machine.instruction;

/// Is told the direct branches of code.
@FunctionalInterface
public interface BranchListener {

    /// A direct branch.
    ///
    /// @param from   the address of its first byte, prefixes included
    /// @param to     its destination
    /// @param isCall whether it is a call, and no jump
    void branch(long from, long to, boolean isCall);

    /// A jump through a register or a table, whose destinations are not known.
    ///
    /// @param from the address of its first byte, prefixes included
    default void unseenJump(long from) {}
}
