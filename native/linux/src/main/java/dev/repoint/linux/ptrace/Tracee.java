package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteCode;
import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.processor.StoppedThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One thread of another process, seized. Used by the thread that seized it.
///
/// All that it needs is allocated when it is made: nothing is between its stop and its resume.
final class Tracee implements StoppedThread {

    private static final int SIGTRAP = 5;
    private static final int SIGTRAP_OF_SYSCALL = SIGTRAP | 0x80;
    private static final int STOPPED = 0x7f;
    private static final int EVENT_STOP = 128;
    private static final long MASK_SIZE = 8;

    /// What holds a thread that is stopped.
    enum Cause {
        /// Nothing: it runs.
        NONE,
        /// We asked it to stop, or its whole process is stopped.
        INTERRUPTED,
        /// It is about to be given a signal.
        SIGNAL,
        /// It begins or ends a system call.
        SYSCALL,
        /// It has started another thread.
        EVENT
    }

    private final int tid;
    private final RemoteRegisters registers;
    private Cause cause = Cause.NONE;
    private boolean isGone;
    private boolean isRead;
    private String before = "";
    private int signal;

    /// @param registers where they go when it stops
    private Tracee(int tid, RemoteRegisters registers) {
        this.tid = tid;
        this.registers = registers;
    }

    /// Memory for general registers, which are still to be read.
    static RemoteRegisters registers(Arena arena) {
        RemoteCode processor = Processors.remote();
        return processor.registers(arena.allocate(processor.registersSize(), Long.BYTES));
    }

    /// Seizes a thread, which runs on.
    ///
    /// @param registers where they go when it stops
    /// @param options   of [Tracing]
    /// @return one that is gone if there is no such thread any more
    /// @throws TraceException if it may not be seized
    static Tracee seize(int tid, RemoteRegisters registers, int options) {
        Tracee tracee = new Tracee(tid, registers);
        int error = -Tracing.request(Tracing.SEIZE, tid, 0, options);
        if (error == 0) {
            return tracee;
        }
        // A new thread of a seized one is seized from the start; one that has ended cannot be.
        int found = error == Tracing.NOT_PERMITTED ? Tracing.poll(tid) : 0;
        if (found >= 0 && error == Tracing.NOT_PERMITTED) {
            tracee.take(found);
            return tracee;
        }
        if (error == Tracing.NO_SUCH_PROCESS || ProcessFiles.hasEnded(tid)) {
            tracee.isGone = true;
            return tracee;
        }
        throw new TraceException(
                "thread %d cannot be traced: %s%s".formatted(tid, Tracing.why(error), ProcessFiles.howToPermit(tid)));
    }

    int tid() {
        return tid;
    }

    RemoteRegisters registers() {
        return registers;
    }

    Cause cause() {
        return cause;
    }

    boolean isGone() {
        return isGone;
    }

    /// The signal that it is about to be given; 0 if it is none.
    int signal() {
        return signal;
    }

    /// Whether it is stopped, or gone: it does nothing.
    boolean isStill() {
        return isGone || cause != Cause.NONE;
    }

    /// Asks it to stop.
    void interrupt() {
        if (!isStill()) {
            before = registers.forgetArguments() ? ProcessFiles.systemCall(tid) : "";
            failed(Tracing.request(Tracing.INTERRUPT, tid, 0, 0));
        }
    }

    /// Looks whether it has stopped or ended.
    ///
    /// @return [#isStill]
    boolean poll() {
        if (!isStill()) {
            take(Tracing.poll(tid));
        }
        return isStill();
    }

    private void take(int found) {
        if (found == 0) {
            return;
        }
        if (found < 0) {
            isGone = true;
            return;
        }
        int status = Tracing.status();
        if ((status & 0xff) != STOPPED) {
            isGone = true;
            return;
        }
        int number = status >>> 8 & 0xff;
        int event = status >>> 16;
        signal = 0;
        if (event == EVENT_STOP) {
            cause = Cause.INTERRUPTED;
        } else if (event != 0) {
            cause = Cause.EVENT;
        } else if (number == SIGTRAP_OF_SYSCALL) {
            cause = Cause.SYSCALL;
        } else {
            cause = Cause.SIGNAL;
            signal = number;
        }
    }

    /// Whether its registers were read.
    boolean isRead() {
        return isRead;
    }

    /// Reads its registers.
    ///
    /// @return false if it is gone
    boolean readRegisters() {
        isRead = true;
        boolean done = all(Tracing.GET_REGISTER_SET, registers);
        if (done && cause == Cause.INTERRUPTED) {
            registers.complete(this);
        }
        return done;
    }

    /// Writes its registers, all at once.
    ///
    /// @return false if it is gone
    boolean writeRegisters(RemoteRegisters values) {
        return all(Tracing.SET_REGISTER_SET, values);
    }

    @Override
    public long word(long address) {
        return Tracing.peek(tid, address);
    }

    @Override
    public String systemCallBefore() {
        return before;
    }

    @Override
    public int onlyEpoll() {
        return ProcessFiles.onlyEpoll(tid);
    }

    private boolean all(int request, RemoteRegisters values) {
        int[] kinds = values.kinds();
        boolean done = true;
        for (int i = 0; done && i < kinds.length; i++) {
            done = registerSet(request, kinds[i], values.vector(i));
        }
        return done;
    }

    /// Reads the signals that it blocks.
    boolean readMask(MemorySegment mask) {
        return !isGone && done(Tracing.request(Tracing.GET_SIGNAL_MASK, tid, MASK_SIZE, mask.address()));
    }

    /// Says which signals it blocks.
    boolean writeMask(MemorySegment mask) {
        return !isGone && done(Tracing.request(Tracing.SET_SIGNAL_MASK, tid, MASK_SIZE, mask.address()));
    }

    /// Reads or writes a set of registers that is no general one.
    ///
    /// @param request [Tracing#GET_REGISTER_SET] or [Tracing#SET_REGISTER_SET]
    /// @param vector  an `iovec`
    boolean registerSet(int request, int kind, MemorySegment vector) {
        return !isGone && done(Tracing.request(request, tid, kind, vector.address()));
    }

    /// Reads one of the filters of its sandbox.
    ///
    /// @param index   the youngest one first
    /// @param program where its instructions go
    /// @return how many instructions there are, or the negative of `errno`
    int filter(int index, MemorySegment program) {
        return Tracing.number(Tracing.GET_SECCOMP_FILTER, tid, index, program.address());
    }

    /// Lets it run on.
    ///
    /// @param request [Tracing#CONT] or [Tracing#SYSCALL]
    /// @param deliver a signal, or 0
    void resume(int request, int deliver) {
        cause = Cause.NONE;
        signal = 0;
        failed(Tracing.request(request, tid, 0, deliver));
    }

    /// Takes the signal away that it was about to be given.
    void dropSignal() {
        signal = 0;
    }

    /// Lets it go, with the signal that it was about to be given.
    void release() {
        if (!isGone && cause != Cause.NONE) {
            failed(Tracing.request(Tracing.DETACH, tid, 0, signal));
            cause = Cause.NONE;
        }
    }

    private boolean done(int result) {
        failed(result);
        return result == 0;
    }

    /// A thread that is no longer there has been killed.
    private void failed(int result) {
        if (result == -Tracing.NO_SUCH_PROCESS) {
            isGone = true;
        }
    }
}
