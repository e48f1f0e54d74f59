package dev.repoint.linux.processor;

import dev.repoint.elf.ElfMachine;
import dev.repoint.linux.seccomp.SystemCall;
import dev.repoint.machine.instruction.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// What a processor contributes to patching other processes: registers, system calls, and code that their threads run
/// for us. Implementations have no state, and are safe for use by several threads.
public interface RemoteCode {

    /// The machine of programs that can be patched.
    ElfMachine machine();

    /// Its number in the header of a file (`e_machine`).
    int machineNumber();

    /// How many bytes [#registers] needs.
    long registersSize();

    /// The general registers of a thread, which are still to be read.
    ///
    /// @param room memory of C
    RemoteRegisters registers(MemorySegment room);

    /// The sets of floating-point and vector registers (`NT_...`), of which the first counts that the machine has.
    int[] vectors();

    /// How many bytes below the stack pointer a thread may use.
    long redZone();

    /// The frame by which a thread goes back.
    ///
    /// @param reserve    how many bytes are to be left free above it
    /// @param registers  that the thread is to go on with
    /// @param mask       the signals that it blocks then
    /// @param vectors    its floating-point and vector registers, as `PTRACE_GETREGSET` gives them
    /// @param trampoline code that calls `rt_sigreturn`
    /// @param arena      for the bytes
    ReturnFrame frame(
            long reserve, RemoteRegisters registers, long mask, MemorySegment vectors, long trampoline, Arena arena);

    /// A system call.
    ///
    /// @param name as `syscalls(2)` has it
    /// @throws IllegalArgumentException if its number is not known here
    SystemCall call(String name, long... arguments);

    /// Whether a thread waits in a system call for something outside of its process, or for a condition.
    ///
    /// @param call its number
    boolean isIdle(long call, RemoteRegisters registers);

    /// Instructions that any program has somewhere: a system call, and a return. Alternatives.
    List<byte[]> systemCallGadgets();

    /// Those that the C library has signal handlers return to: `rt_sigreturn`. Alternatives.
    List<byte[]> trampolineGadgets();

    /// How far a call or a jump can lead, forward and back.
    long reach();

    /// Instructions begin at multiples of this.
    int instructionAlignment();

    /// Makes steps: [dev.repoint.linux.ptrace] says which. Its argument is the address of the word before them.
    byte[] stepsCode();

    /// The system call by which [#stepsCode] waits for a moment in the end.
    ///
    /// @param typical an address of the kind that it gives
    SystemCall pause(long typical);

    /// Calls the first function, and leaves its result.
    byte[] callCode();

    /// Calls the first function, leaves its result, and if that is 0 calls the second and leaves its result, too.
    byte[] loadCode();

    /// The code of a veneer, for any place.
    ///
    /// @param first four bytes at its destination, the first one lowest; 0 if it has none
    byte[] veneer(Outcome outcome, int first);

    /// Code that goes to the content of a word, for any place. It begins with a landing pad, and changes nothing that a
    /// function may expect.
    ///
    /// @param word the address of the word
    byte[] through(long word);

    /// The same with a word of a table.
    ///
    /// @param table the address of the word with the address of the table
    /// @param index of the word in the table
    byte[] throughTable(long table, int index);

    /// An unwind entry for code that has nothing on the stack but what its caller left there: entries as in `.eh_frame`.
    default byte[] leafFrame(long code, long length) {
        return new byte[0];
    }

    /// Code that answers `_Unwind_Find_FDE` out of a table ([dev.repoint.linux.unwind.UnwindIndex]).
    ///
    /// @param table its address
    /// @return empty if there is no such code
    default byte[] unwindFinder(long table) {
        return new byte[0];
    }
}
