package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.Scheduling;
import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.memory.Mappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a thread of another process that can be [borrowed][BorrowedThread], and gives it back. Used inside of
/// [TracingThread].
public final class ThreadBorrower {

    private static final long SPARE_STACK = 4096;

    private ThreadBorrower() {}

    /// What a thread is borrowed for.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it.
        ///
        /// @return not null
        T run(BorrowedThread thread);
    }

    /// What came of it.
    ///
    /// @param nanos how long the thread did nothing of its own
    public record Lent<T>(T result, long nanos) {}

    /// Borrows a thread for system calls: best one that waits in one.
    ///
    /// @param task what it may be asked to do
    /// @throws TraceException if there is none that can be borrowed
    public static <T> Lent<T> during(long pid, RemoteMemory memory, RemoteTask task, Work<T> work) {
        Optional<Lent<T>> done = tryDuring(pid, memory, SafePoint.WAITING, SPARE_STACK, task, work)
                .or(() -> tryDuring(pid, memory, SafePoint.ANY, SPARE_STACK, task, work));
        return done.orElseThrow(() -> Sandbox.obstacleOfAll(pid, task)
                .map(reason -> new TraceException(reason + "; nothing was changed"))
                .orElseGet(() -> new TraceException("no thread of process " + pid
                        + " can be borrowed for a system call: none stops, or none has " + SPARE_STACK
                        + " bytes of stack left; try again")));
    }

    /// Borrows a thread that is at a place of a kind now. Threads that sleep are asked first, so that those
    /// that run are not disturbed.
    ///
    /// @param stack  how many bytes of stack it needs below where it is
    /// @param task what it may be asked to do: none is borrowed that must not
    /// @return empty if there is none
    static <T> Optional<Lent<T>> tryDuring(
            long pid, RemoteMemory memory, SafePoint place, long stack, RemoteTask task, Work<T> work) {
        Mappings mappings;
        try {
            mappings = Mappings.of(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Gadgets gadgets = Gadgets.of(memory, mappings);
        try (Arena arena = Arena.ofConfined()) {
            for (int tid : ProcessFiles.sleepersFirst(pid)) {
                BorrowedThread found = ProcessFiles.isOfKernel(pid, tid)
                        ? null
                        : borrow(pid, tid, gadgets, arena, memory, mappings, place, stack, task);
                if (found != null) {
                    T result;
                    boolean isUrgent = Scheduling.urgent();
                    try {
                        result = work.run(found);
                    } finally {
                        found.giveBack();
                        if (isUrgent) {
                            Scheduling.ordinary();
                        }
                    }
                    return Optional.of(new Lent<>(result, found.nanos()));
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable BorrowedThread borrow(
            long pid,
            int tid,
            Gadgets gadgets,
            Arena arena,
            RemoteMemory memory,
            Mappings mappings,
            SafePoint place,
            long stack,
            RemoteTask task) {
        boolean isSandboxed = Sandbox.isAround(tid);
        Tracee thread = Tracee.seize(tid, Tracee.registers(arena), Tracing.OPTION_SYSCALLS_MARKED);
        BorrowedThread borrowed = new BorrowedThread(pid, thread, gadgets, arena);
        boolean ready = false;
        try {
            ready = borrowed.stop()
                    && (!isSandboxed || borrowed.may(task))
                    && (place.holds(thread.registers()) || borrowed.runTo(place))
                    && borrowed.prepare(memory, mappings, stack);
        } finally {
            if (!ready) {
                thread.release();
            }
        }
        return ready ? borrowed : null;
    }
}
