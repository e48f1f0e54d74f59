package dev.repoint.machine.instruction;

import org.jspecify.annotations.Nullable;

/// Diverts functions at their entry: reads the instructions that stand there, and writes them elsewhere with
/// the same meaning.
///
/// Implementations have no state, and are safe for use by several threads.
public interface Mover {

    /// How many bytes at an entry stay where they are, because processors accept only them as the destination
    /// of an indirect branch: `endbr64`; `bti c`, `paciasp`. 0 if there are none.
    int head(Code code, long entry);

    /// Whether a head does more than to be the destination of an indirect branch, so that [#approach] undoes
    /// it: `paciasp`.
    boolean isUndone(Code code, long entry);

    /// The instruction that undoes a head, for [#approach]: `autiasp`. Nothing if a head is only a destination.
    byte[] undoing(Code code, long entry);

    /// The length of [#jump], in bytes.
    int jumpLength();

    /// How far a jump reaches, in bytes.
    long jumpReach();

    /// The jump that diverts a function.
    ///
    /// @throws OutOfRange if it does not reach
    byte[] jump(long from, long to) throws OutOfRange;

    /// What stands between a jump and a target that is too far away for it, or where the head has to be undone.
    ///
    /// @param code    the code of the function
    /// @param entry   its address
    /// @param address where the approach is to stand when it runs: a multiple of [Architecture#veneerAlignment]
    /// @param target  when it runs; anywhere on x86-64, within 4 GiB on AArch64
    byte[] approach(Code code, long entry, long address, long target) throws OutOfRange;

    /// An instruction that must never run.
    byte[] trap();

    /// The instruction at an address.
    ///
    /// @return null if it is not known for certain, or runs past the end of the code
    @Nullable
    Step step(Code code, long address);

    /// Reads code from its first byte to its last, and tells the direct branches.
    ///
    /// @return the address of the first byte that is not an instruction known for certain; the end of the code
    ///     if all are
    long branches(Code code, BranchListener listener);

    /// Tells all direct branches that there would be if an instruction started at every byte: those that
    /// [#branches] tells, and others that are none.
    void perhapsBranches(Code code, BranchListener listener);

    /// How many bytes an instruction has elsewhere: never fewer than here.
    ///
    /// @return 0 if it cannot be moved
    int movedLength(Code code, Step step);

    /// How far an instruction may be moved away from its destination, in bytes.
    long reach(Code code, Step step);

    /// An instruction with the same meaning elsewhere.
    ///
    /// @param address where it is to stand
    /// @return so many bytes as [#movedLength] says
    /// @throws OutOfRange               if its destination is too far away from there
    /// @throws IllegalArgumentException if it cannot be moved
    byte[] moved(Code code, Step step, long address) throws OutOfRange;
}
