package dev.repoint.linux.ptrace;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A thread of another process that makes system calls for us, while all others run on. Used inside of [TracingThread].
///
/// 1. Stop it, and write a [ReturnFrame] with all that it needs to go on below its stack.
/// 2. Lead it through `syscall; ret`, with the stack pointer at the frame: all registers at once, and only then block its
///    signals. From here on it returns by itself if this process is killed: `ret` leads to `rt_sigreturn`.
/// 3. Read the result where the call ends. Make more calls in the same way.
/// 4. Stop it once more before it returns, unblock its signals, and only then put its registers back. So it goes on as if
///    nothing had been: a system call that it waited in goes on with what is left of its time.
public final class BorrowedThread {

    private static final int VECTORS = 0x202;
    private static final int LARGEST_VECTORS = 1 << 16;
    private static final long LIMIT_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 20_000;
    private static final long SPARE_STACK = 4096;
    private static final long TRAP_AND_DIRECTION = 0x500;
    private static final long ALL_SIGNALS = -1;
    /// `SIGILL`, `SIGTRAP`, `SIGBUS`, `SIGFPE`, `SIGSEGV`: what the code itself has done.
    private static final long FAULTS = 1L << 4 | 1L << 5 | 1L << 7 | 1L << 8 | 1L << 11;
    private static final int[] ARGUMENTS = {
        Registers.RDI, Registers.RSI, Registers.RDX, Registers.R10, Registers.R8, Registers.R9
    };

    private final long pid;
    private final Tracee thread;
    private final Gadgets gadgets;
    private final Arena arena;
    private final Registers original;
    private final Registers work;
    private final MemorySegment mask;
    private final MemorySegment blocked;
    private final List<Integer> postponed = new ArrayList<>();
    private long stack;

    private BorrowedThread(long pid, Tracee thread, Gadgets gadgets, Arena arena) {
        this.pid = pid;
        this.thread = thread;
        this.gadgets = gadgets;
        this.arena = arena;
        this.original = new Registers(arena.allocate(Registers.SIZE, Long.BYTES));
        this.work = new Registers(arena.allocate(Registers.SIZE, Long.BYTES));
        this.mask = arena.allocate(JAVA_LONG);
        this.blocked = arena.allocateFrom(JAVA_LONG, ALL_SIGNALS);
    }

    /// Borrows a thread for some work: best one that waits in a system call.
    ///
    /// @throws TraceException if there is none that can be borrowed
    public static <T> T during(long pid, RemoteMemory memory, Function<BorrowedThread, T> task) {
        Mappings mappings;
        try {
            mappings = Mappings.of(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Gadgets gadgets = Gadgets.of(memory, mappings);
        try (Arena arena = Arena.ofConfined()) {
            for (Predicate<Registers> wish : List.<Predicate<Registers>>of(each -> each.waitsIn() >= 0, each -> true)) {
                for (int tid : ProcessFiles.threads(pid)) {
                    BorrowedThread found = borrow(pid, tid, gadgets, arena, memory, mappings, wish);
                    if (found != null) {
                        try {
                            return task.apply(found);
                        } finally {
                            found.giveBack();
                        }
                    }
                }
            }
        }
        throw new TraceException(
                "no thread of process %d can be borrowed for a system call: none stops, or none has %d bytes"
                        .formatted(pid, SPARE_STACK) + " of stack left; try again");
    }

    private static @Nullable BorrowedThread borrow(long pid, int tid, Gadgets gadgets, Arena arena, RemoteMemory memory,
            Mappings mappings, Predicate<Registers> wish) {
        Tracee thread = Tracee.seize(tid, arena.allocate(Registers.SIZE, Long.BYTES), Tracing.OPTION_SYSCALLS_MARKED);
        BorrowedThread borrowed = new BorrowedThread(pid, thread, gadgets, arena);
        boolean ready = false;
        try {
            ready = borrowed.stop() && wish.test(thread.registers()) && borrowed.prepare(memory, mappings);
        } finally {
            if (!ready) {
                thread.release();
            }
        }
        return ready ? borrowed : null;
    }

    /// 1. A signal that it is about to be given comes first.
    private boolean stop() {
        thread.interrupt();
        while (await()) {
            if (thread.cause() == Tracee.Cause.INTERRUPTED) {
                return thread.readRegisters();
            }
            thread.resume(Tracing.CONT, thread.signal());
        }
        return false;
    }

    private boolean prepare(RemoteMemory memory, Mappings mappings) {
        if (thread.registers().keepWaiting() && !thread.writeRegisters(thread.registers())) {
            return false;
        }
        original.copyFrom(thread.registers());
        MemorySegment vectors = vectors();
        if (vectors == null || !thread.readMask(mask)) {
            return false;
        }
        work.copyFrom(original);
        work.makeAgain();
        ReturnFrame frame = ReturnFrame.of(work, mask.get(JAVA_LONG, 0), vectors, gadgets.trampoline(), arena);
        long lowest = frame.address() - SPARE_STACK;
        Mapping holds = mappings.containing(lowest, original.get(Registers.RSP) - lowest);
        if (holds == null || !holds.isWritable()) {
            return false;
        }
        try {
            memory.write(frame.address(), frame.bytes());
        } catch (CallFailedException e) {
            return false; // the stack has gone meanwhile
        }
        stack = frame.address();
        return true;
    }

    private @Nullable MemorySegment vectors() {
        MemorySegment room = arena.allocate(LARGEST_VECTORS, Long.BYTES);
        MemorySegment vector = arena.allocate(ADDRESS.byteSize() * 2, Long.BYTES);
        vector.set(ADDRESS, 0, room);
        vector.set(JAVA_LONG, Long.BYTES, LARGEST_VECTORS);
        if (!thread.registerSet(Tracing.GET_REGISTER_SET, VECTORS, vector)) {
            return null;
        }
        return room.asSlice(0, vector.get(JAVA_LONG, Long.BYTES));
    }

    /// Makes a system call.
    ///
    /// @param number    of `asm/unistd_64.h`
    /// @param arguments up to six
    /// @return what it returns: the negative of `errno` if it fails
    /// @throws TraceException if the thread ends, or does not come back
    public long call(long number, long... arguments) {
        work.set(Registers.RIP, gadgets.syscall());
        work.set(Registers.RSP, stack);
        work.set(Registers.RAX, number);
        work.set(Registers.ORIG_RAX, -1);
        work.set(Registers.EFLAGS, original.get(Registers.EFLAGS) & ~TRAP_AND_DIRECTION);
        for (int i = 0; i < arguments.length; i++) {
            work.set(ARGUMENTS[i], arguments[i]);
        }
        thread.writeRegisters(work); // 2.
        thread.writeMask(blocked);
        runToSyscall();
        runToSyscall(); // 3.
        if (!thread.readRegisters()) {
            throw ended();
        }
        return thread.registers().get(Registers.RAX);
    }

    private void runToSyscall() {
        do {
            thread.resume(Tracing.SYSCALL, 0);
            if (!await() || thread.isGone()) {
                throw ended();
            }
            if (thread.cause() == Tracee.Cause.SIGNAL) {
                if ((FAULTS >>> thread.signal() & 1) != 0) {
                    throw new TraceException("thread %d failed with signal %d in a system call made for us"
                            .formatted(thread.tid(), thread.signal()));
                }
                postponed.add(thread.signal());
            }
        } while (thread.cause() != Tracee.Cause.SYSCALL);
    }

    private TraceException ended() {
        return new TraceException(thread.isGone()
                ? "thread " + thread.tid() + " ended in a system call made for us"
                : ProcessFiles.describe(pid, thread.tid()) + " did not come back from a system call made for us");
    }

    /// 4.
    private void giveBack() {
        if (!thread.isGone() && thread.cause() == Tracee.Cause.SYSCALL) {
            Tracing.request(Tracing.INTERRUPT, thread.tid(), 0, 0);
            do {
                thread.resume(Tracing.CONT, 0);
                if (!await()) {
                    return; // it comes back by itself
                }
                if (thread.cause() == Tracee.Cause.SIGNAL) {
                    postponed.add(thread.signal());
                }
            } while (!thread.isGone() && thread.cause() != Tracee.Cause.INTERRUPTED);
        }
        thread.writeMask(mask);
        thread.writeRegisters(original);
        thread.release();
        for (int signal : postponed) {
            Tracing.signal((int) pid, thread.tid(), signal);
        }
    }

    /// @return false if it did not stop in time
    private boolean await() {
        long start = System.nanoTime();
        while (!thread.poll()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return !thread.isGone();
    }
}
