package dev.repoint.machine.instruction;

/// Says which direct branches are looked for.
@FunctionalInterface
public interface BranchFilter {

    /// Whether one is looked for.
    ///
    /// @param call        whether it is a call, and no jump
    /// @param field       the place that a relocation of it would name
    /// @param destination its destination
    boolean wants(boolean call, long field, long destination);
}
