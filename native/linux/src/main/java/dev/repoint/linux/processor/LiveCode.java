package dev.repoint.linux.processor;

import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.TrapSignal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a processor contributes to changing code of this process under its running threads. Implementations have no
/// state, and are safe for use by several threads.
///
/// | | x86-64 | AArch64 |
/// | --- | --- | --- |
/// | trap | `int3`, one byte | `brk`, one word |
/// | what a live site may be | any form that a patch writes | `b`, `bl`, `nop`, `brk` |
/// | other processors see new code | after a barrier | after cleaning caches and a barrier |
public interface LiveCode {

    /// The instruction set.
    Architecture architecture();

    /// Why code of this process cannot be changed.
    ///
    /// @param status the lines of `/proc/self/status`
    /// @return empty if it can be
    Optional<String> obstacle(List<String> status);

    /// The bytes of a trap, the first one lowest. Each instruction of a site has room for it.
    int trap();

    /// How many bytes a trap has. So many are stored at once, at a multiple of their number.
    int trapLength();

    /// What the bytes of a site do.
    ///
    /// @param bytes   the first one lowest
    /// @param address of the first one
    /// @return null if they are nothing that may be changed under running threads
    @Nullable
    Emulation emulation(long bytes, int length, long address);

    /// The new bytes of a site, which may replace the old ones under running threads.
    ///
    /// @param old     the bytes that stand there now
    /// @param veneers asked if the site itself cannot have that effect
    /// @throws OutOfRange if that is not possible, or out of reach
    byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange;

    /// The code of a veneer.
    ///
    /// @param address of its first byte: a multiple of 16; its length is the same everywhere
    /// @throws OutOfRange if its destination is out of reach
    byte[] veneer(Outcome outcome, long address) throws OutOfRange;

    /// The handler of a signal, which may stand anywhere.
    ///
    /// @param state the address of the state page
    byte[] handler(TrapSignal signal, long state);

    /// The content of a pointer while a batch is applied: code at which a thread traps.
    byte[] gate();

    /// From the start of a gate to its trap.
    int gateTrap();

    /// Code in front of a method of Java that takes the place of a function.
    ///
    /// @param slots    the address of its slots, which hold zeros
    /// @param method   the address of the code that calls the method
    /// @param function the address of the default
    byte[] guard(JavaMachine machine, long slots, long method, long function);

    /// An unwind entry for code that has nothing on the stack but what its caller left there.
    byte[] leafFrame(long code, long length);

    /// Code that answers `_Unwind_Find_FDE` out of a table ([dev.repoint.linux.unwind.UnwindIndex]).
    ///
    /// @param table its address
    /// @return empty if there is no such code
    default byte[] unwindFinder(long table) {
        return new byte[0];
    }

    /// Why no veneer and no pointer may lead to a target.
    ///
    /// @return empty if they may
    default Optional<String> landingProblem(long target) {
        return Optional.empty();
    }

    /// The first instructions of a function.
    EntryJumps entries();

    /// Makes processors see code that was stored, as far as this thread can.
    ///
    /// @param addresses of words of 4 bytes
    /// @param count     how many of them there are
    default void synchronise(long[] addresses, int count) {}

    /// Whether the kernel may write code that threads run (`/proc/self/mem`): it promises only that bytes arrive.
    default boolean isWrittenByKernel() {
        return false;
    }

    /// What else a page has that is protected: bits that have to be given again (`mprotect(2)`).
    ///
    /// @param start of a mapping
    default int keptProtection(long start) {
        return 0;
    }
}
