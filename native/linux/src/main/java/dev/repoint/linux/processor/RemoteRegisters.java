package dev.repoint.linux.processor;

import java.lang.foreign.MemorySegment;

/// The general registers of a stopped thread of another process, as the kernel gives and takes them. Not thread-safe.
public interface RemoteRegisters {

    /// The sets of registers that are read and written together (`PTRACE_GETREGSET`: `NT_...`).
    int[] kinds();

    /// The `iovec` of a set.
    MemorySegment vector(int set);

    /// Takes all values of another thread's, or of another moment's.
    void copyFrom(RemoteRegisters other);

    /// Whether they do not tell with which arguments a system call was made that a stop has ended.
    default boolean forgetArguments() {
        return false;
    }

    /// Looks for what they alone do not tell, after they were read of a thread that was asked to stop.
    default void complete(StoppedThread thread) {}

    /// The address of the instruction that it is about to run.
    long programCounter();

    /// Has it run on elsewhere.
    void programCounter(long address);

    /// The lowest address of its stack that is in use, but for a red zone.
    long stackPointer();

    /// Where the words of the thread are that the C library keeps at the top of its stack.
    long threadPointer();

    /// The number of the system call that it is in; negative if it is in none.
    long systemCall();

    /// An argument of the system call that it is in.
    ///
    /// @param index from 0
    long argument(int index);

    /// What a system call has returned: the negative of `errno` if it failed.
    long result();

    /// Makes a system call that a stop ends early one that goes on, unless a signal is handled: the kernel does
    /// this by itself for most, and not for these (`signal(7)`, "Interruption of system calls and library
    /// functions by stop signals"). Of those of sockets it is so if there is a time limit (`SO_RCVTIMEO`,
    /// `SO_SNDTIMEO`). None of them has done anything if it ends so.
    ///
    /// @return whether anything was changed
    boolean keepWaiting();

    /// Makes a wait that would go on with what is left of its time begin again: its sandbox forbids
    /// `restart_syscall`.
    ///
    /// @return whether anything was changed
    boolean waitAgain();

    /// Makes a system call that waits to be restarted one that is about to be made: what a thread can go on
    /// with that has done something else meanwhile. A wait with a time limit begins again.
    void makeAgain();

    /// Whether the thread, which is stopped where a system call begins or ends, begins one.
    boolean begins();

    /// Makes a system call that begins one that is still to be made.
    void makeLater();

    /// Whether the thread waits in a system call; then which one, else -1.
    long waitsIn();

    /// Has it begin with code of ours, outside of any system call. When the code returns, it goes back by a frame.
    ///
    /// @param frame      the address of the frame, which becomes that of the stack
    /// @param trampoline code that calls `rt_sigreturn`
    void begin(long address, long frame, long trampoline);

    /// Gives it an argument, of a function or a system call alike.
    ///
    /// @param index up to 2 for a function, up to 5 for a system call
    void argument(int index, long value);

    /// Says which system call it makes.
    void call(long number);

    /// Gives it functions that [RemoteCode#callCode] and [RemoteCode#loadCode] call, and clears their results.
    void functions(long first, long second);

    /// What that code leaves, two words.
    long[] results();

    /// Whether it begins the system call by which it goes back.
    ///
    /// @param frame the address of the frame
    boolean isGoingBack(long frame);

    /// Has it make that call later: not now, because that would end the wait that the thread is in.
    void goBackLater(long trampoline);
}
