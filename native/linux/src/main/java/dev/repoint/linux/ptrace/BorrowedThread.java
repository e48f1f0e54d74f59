package dev.repoint.linux.ptrace;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.processor.ReturnFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A thread of another process that makes system calls for us, while all others run on. [ThreadBorrower] finds one.
///
/// 1. Stop it, and write a [ReturnFrame] with all that it needs to go on below its stack.
/// 2. Let it run a system call and a return, with the stack pointer at the frame: all registers at once, and only
///    then block its signals. From here on it returns by itself if this process is killed: to `rt_sigreturn`.
/// 3. Read the result where the call ends. Make more calls in the same way.
/// 4. Stop it once more before it returns, unblock its signals, and only then put its registers back. So it
///    goes on as if nothing had been: a system call that it waited in goes on with what is left of its time.
public final class BorrowedThread {

    private static final long LIMIT_NANOS = 5_000_000_000L;
    /// How long a thread may take to where it waits.
    private static final long RUN_NANOS = 500_000_000;
    /// How many bytes there are at [#reserve]: enough for a path.
    static final int RESERVE = 4200;
    private static final long ALL_SIGNALS = -1;
    /// `SIGILL`, `SIGTRAP`, `SIGBUS`, `SIGFPE`, `SIGSEGV`: what the code itself has done.
    private static final long FAULTS = 1L << 4 | 1L << 5 | 1L << 7 | 1L << 8 | 1L << 11;

    private final long pid;
    private final Tracee thread;
    private final Gadgets gadgets;
    private final Arena arena;
    private final ThreadState state;
    private final RemoteRegisters work;
    private final MemorySegment blocked;
    private final MemorySegment blockedButFaults;
    private final List<Integer> postponed = new ArrayList<>();
    private long stack;
    private long reserve;
    private long since;
    private boolean isBack;

    BorrowedThread(long pid, Tracee thread, Gadgets gadgets, Arena arena) {
        this.pid = pid;
        this.thread = thread;
        this.gadgets = gadgets;
        this.arena = arena;
        this.state = new ThreadState(thread, arena);
        this.work = Tracee.registers(arena);
        this.blocked = arena.allocateFrom(JAVA_LONG, ALL_SIGNALS);
        this.blockedButFaults = arena.allocateFrom(JAVA_LONG, ALL_SIGNALS & ~(FAULTS >>> 1));
    }

    /// 1. A signal that it is about to be given comes first.
    boolean stop() {
        since = System.nanoTime();
        thread.interrupt();
        return isInterrupted();
    }

    /// Whether its sandbox lets it do something. A wait that it must not go on with begins again in any case.
    boolean may(RemoteTask task) {
        Sandbox sandbox = Sandbox.of(thread);
        if (!sandbox.allowsRestart() && thread.registers().waitAgain()) {
            thread.writeRegisters(thread.registers());
        }
        return sandbox.obstacle(pid, task).isEmpty();
    }

    private boolean isInterrupted() {
        while (StopWait.until(thread, LIMIT_NANOS)) {
            if (thread.cause() == Tracee.Cause.INTERRUPTED) {
                return thread.readRegisters();
            }
            thread.resume(Tracing.CONT, thread.signal());
        }
        return false;
    }

    /// Lets it run on to where it is about to wait: a server under load hardly ever does wait. It is stopped
    /// before it makes the system call, so it makes it afterwards, also if this process is killed.
    boolean runTo(SafePoint place) {
        long start = System.nanoTime();
        while (place == SafePoint.IDLE && System.nanoTime() - start < RUN_NANOS) {
            thread.resume(Tracing.SYSCALL, thread.signal());
            if (!StopWait.until(thread, RUN_NANOS)) {
                return stop() && place.holds(thread.registers()); // it computes, or waits for something else
            }
            boolean isThere = thread.cause() == Tracee.Cause.SYSCALL
                    && thread.readRegisters()
                    && place.begins(thread.registers());
            if (isThere && stopBefore()) {
                return true;
            }
        }
        return false;
    }

    /// @return false if a signal came first; it is about to be given that
    private boolean stopBefore() {
        since = System.nanoTime();
        thread.registers().makeLater();
        long next = thread.registers().programCounter();
        thread.writeRegisters(thread.registers());
        Tracing.request(Tracing.INTERRUPT, thread.tid(), 0, 0);
        thread.resume(Tracing.CONT, 0);
        return StopWait.until(thread, LIMIT_NANOS)
                && thread.cause() == Tracee.Cause.INTERRUPTED
                && thread.readRegisters()
                && thread.registers().programCounter() == next;
    }

    /// Saves its state, and writes the frame by which it goes back below its stack.
    ///
    /// @param spare how many bytes below the frame must be of its stack, too
    /// @return false if that is not possible now
    boolean prepare(RemoteMemory memory, Mappings mappings, long spare) {
        if (!state.save()) {
            return false;
        }
        work.copyFrom(state.registers());
        work.makeAgain();
        ReturnFrame frame = state.frame(RESERVE, work, gadgets.trampoline(), arena);
        if (!state.isOwnStack(frame.address(), spare, mappings)) {
            return false;
        }
        try {
            memory.write(frame.address(), frame.bytes());
        } catch (CallFailedException e) {
            return false; // the stack has gone meanwhile
        }
        stack = frame.address();
        reserve = frame.end() + Long.BYTES & -Long.BYTES;
        return true;
    }

    /// How long it has done nothing of its own.
    long nanos() {
        return System.nanoTime() - since;
    }

    /// Where up to [#RESERVE] bytes may be put for the thread, above the frame.
    public long reserve() {
        return reserve;
    }

    /// Prepares the registers with which it begins at an address.
    private void begin(long address) {
        work.begin(address, stack, gadgets.trampoline());
    }

    /// Runs code of ours up to its `ret`, which finds the frame on the stack, and gives it arguments. Signals
    /// are delivered as ever meanwhile.
    ///
    /// @param code      its address; it keeps to the calling convention of C, and leaves two results
    /// @param functions for it to call: two
    /// @param arguments up to three
    /// @return the results
    /// @throws TraceException if the thread ends, or does not come back; if it does later, it goes on as if
    ///     nothing had been
    long[] run(long code, long[] functions, long... arguments) {
        begin(code);
        work.functions(functions[0], functions[1]);
        for (int i = 0; i < arguments.length; i++) {
            work.argument(i, arguments[i]);
        }
        thread.writeRegisters(work);
        RemoteRegisters now = thread.registers();
        do {
            thread.resume(Tracing.SYSCALL, thread.signal());
            if (!StopWait.until(thread, LIMIT_NANOS) || !thread.readRegisters()) {
                throw ended();
            }
        } while (thread.cause() != Tracee.Cause.SYSCALL || !now.isGoingBack(stack));
        long[] results = now.results();
        now.goBackLater(gadgets.trampoline()); // not now: that would end the wait that the thread is in
        thread.writeRegisters(now);
        return results;
    }

    /// The same with signals blocked, but for faults: for a function that no handler may interrupt.
    long[] runUndisturbed(long code, long[] functions, long... arguments) {
        thread.writeMask(blockedButFaults);
        return run(code, functions, arguments);
    }

    /// Runs code of ours that does all by itself: it stores a word that is not 0 when it is done, waits for a
    /// moment, and goes back. So the thread has to be woken once. Signals are delivered as ever meanwhile.
    ///
    /// @param code   its address; its `ret` finds the frame on the stack
    /// @param length in bytes
    /// @param word   the address of the word, which holds 0 now; the code is given it
    /// @return the word; 0 if the thread did not even begin, and will not
    /// @throws TraceException if the thread ends, or does not come back; if it does later, it goes on as if
    ///     nothing had been
    long runAlone(RemoteMemory memory, long code, int length, long word) {
        begin(code);
        work.argument(0, word);
        thread.writeRegisters(work);
        thread.writeMask(blockedButFaults);
        isBack = true;
        thread.resume(Tracing.CONT, 0);
        long start = System.nanoTime();
        long done = memory.word(word);
        while (done == 0) {
            if (thread.poll() && !thread.isGone()) {
                thread.resume(Tracing.CONT, thread.signal());
            }
            if (thread.isGone()) {
                throw ended();
            }
            if (System.nanoTime() - start > LIMIT_NANOS) {
                thread.interrupt();
                if (!isInterrupted() || thread.registers().programCounter() != code) {
                    throw ended();
                }
                isBack = false; // it was not let run, as one of a frozen container
                return 0;
            }
            StopWait.pause(start);
            done = memory.word(word);
        }
        done = memory.word(
                word); // the first look may have seen a part of it, and the thread, if we are late, is back long since
        thread.interrupt();
        if (isInterrupted()) {
            long at = thread.registers().programCounter();
            isBack = at < code || at >= code + length;
        }
        return done;
    }

    /// Makes a system call.
    ///
    /// @param number    of the processor ([dev.repoint.linux.processor.RemoteCode#call])
    /// @param arguments up to six
    /// @return what it returns: the negative of `errno` if it fails
    /// @throws TraceException if the thread ends, or does not come back
    public long call(long number, long... arguments) {
        begin(gadgets.syscall());
        work.call(number);
        for (int i = 0; i < arguments.length; i++) {
            work.argument(i, arguments[i]);
        }
        thread.writeRegisters(work); // 2.
        thread.writeMask(blocked);
        runToSyscall();
        runToSyscall(); // 3.
        if (!thread.readRegisters()) {
            throw ended();
        }
        return thread.registers().result();
    }

    private void runToSyscall() {
        do {
            thread.resume(Tracing.SYSCALL, 0);
            if (!StopWait.until(thread, LIMIT_NANOS) || thread.isGone()) {
                throw ended();
            }
            if (thread.cause() == Tracee.Cause.SIGNAL) {
                if ((FAULTS >>> thread.signal() & 1) != 0) {
                    int signal = thread.signal();
                    thread.dropSignal();
                    throw new TraceException("thread %d failed with signal %d in a system call made for us"
                            .formatted(thread.tid(), signal));
                }
                postponed.add(thread.signal());
            }
        } while (thread.cause() != Tracee.Cause.SYSCALL);
    }

    private TraceException ended() {
        return new TraceException(
                thread.isGone()
                        ? "thread " + thread.tid() + " ended in a system call made for us"
                        : ProcessFiles.describe(pid, thread.tid())
                                + " did not come back from a system call made for us");
    }

    /// 4.
    void giveBack() {
        if (isBack) {
            thread.release();
            return;
        }
        if (!thread.isGone() && thread.cause() == Tracee.Cause.SYSCALL) {
            Tracing.request(Tracing.INTERRUPT, thread.tid(), 0, 0);
            do {
                thread.resume(Tracing.CONT, 0);
                if (!StopWait.until(thread, LIMIT_NANOS)) {
                    return; // it comes back by itself
                }
                if (thread.cause() == Tracee.Cause.SIGNAL) {
                    postponed.add(thread.signal());
                }
            } while (!thread.isGone() && thread.cause() != Tracee.Cause.INTERRUPTED);
        }
        state.restore();
        thread.release();
        for (int signal : postponed) {
            Tracing.signal((int) pid, thread.tid(), signal);
        }
    }
}
