package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.Scheduling;
import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteRegisters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// All threads of another process, stopped. Used by one thread, inside of [TracingThread].
///
/// 1. Seize each thread that the process has, again and again until there is no new one. They run on. Threads
///    that they start are seized from their start.
/// 2. Interrupt each, and wait for each; look for new ones, until there is none.
/// 3. What is to be done is done by [Work].
/// 4. Let each go. A signal that a thread was about to be given is delivered then. Waiting system calls go on.
///
/// From 2 to 4 the tracer comes before all that wants a processor, if it may: on a busy machine it would wait
/// for its turn while the process stands still.
///
/// Nothing outlives the tracer: when this process is killed, the kernel lets all threads run on.
public final class Stop {

    /// A thread that waits for a disk or a network file system cannot stop.
    private static final long LIMIT_NANOS = 2_000_000_000;
    private static final long SPIN_NANOS = 50_000;
    private static final long PAUSE_NANOS = 20_000;
    private static final int ROOM = 64;

    private final long pid;
    private final List<Tracee> threads = new ArrayList<>();
    private final Arena arena = Arena.ofAuto();
    private final long size = Processors.remote().registersSize();
    private MemorySegment room = arena.allocate(ROOM * size, Long.BYTES);
    private int used;
    /// Those that need not be stopped.
    private final Set<Integer> left = new HashSet<>();
    /// Those in a sandbox, which may forbid to go on with a wait.
    private final Set<Integer> sandboxed = new HashSet<>();

    /// What is done while all threads are stopped.
    @FunctionalInterface
    public interface Work {
        /// Does it.
        void run(Stop stop);
    }

    /// What a stop was.
    ///
    /// @param pause   nanoseconds from the first interrupt to the last resume
    /// @param threads how many were stopped
    public record Taken(long pause, int threads) {}

    private Stop(long pid) {
        this.pid = pid;
    }

    /// Stops all threads, does the work and lets them go.
    ///
    /// @throws TraceException if they cannot be stopped; then nothing was done
    public static Taken during(long pid, Work work) {
        Stop stop = new Stop(pid);
        stop.seizeAll();
        boolean isUrgent = Scheduling.urgent();
        long start = System.nanoTime();
        long end;
        int count;
        try {
            stop.interruptAll(start);
            count = stop.count();
            work.run(stop);
        } finally {
            stop.releaseAll();
            end = System.nanoTime();
            if (isUrgent) {
                Scheduling.ordinary();
            }
        }
        return new Taken(end - start, count);
    }

    /// Sends all threads elsewhere that are at certain places, or that return there.
    ///
    /// @throws TraceException if one does not let that be; those that were sent before run as they would have
    public void move(ThreadMoves moves) {
        if (!moves.isEmpty()) {
            moves.begin();
            for (Tracee each : threads) {
                if (!each.isGone()) {
                    moves.apply(each);
                }
            }
        }
    }

    /// Whether a thread is about to run an instruction in the middle of one of these.
    ///
    /// @param addresses sorted
    /// @param lengths   of each
    /// @return where that thread is; 0 if there is none
    public long inside(long[] addresses, byte[] lengths) {
        for (Tracee each : threads) {
            if (!each.isGone()) {
                long at = each.registers().programCounter();
                int place = floor(addresses, at);
                if (place >= 0 && at > addresses[place] && at < addresses[place] + lengths[place]) {
                    return at;
                }
            }
        }
        return 0;
    }

    /// Whether a thread is about to run an instruction between two addresses.
    ///
    /// @param end behind the last one
    public boolean isAnyIn(long start, long end) {
        for (Tracee each : threads) {
            long at = each.isGone() ? end : each.registers().programCounter();
            if (at >= start && at < end) {
                return true;
            }
        }
        return false;
    }

    private static int floor(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /// 1. Returns whether there was a new one.
    private boolean seizeNew() {
        boolean any = false;
        for (int tid : ProcessFiles.threads(pid)) {
            if (!isKnown(tid) && !left.contains(tid)) {
                if (ProcessFiles.isOfKernel(pid, tid)) {
                    left.add(tid);
                    continue;
                }
                any = true;
                if (Sandbox.isAround(tid)) {
                    sandboxed.add(tid);
                }
                threads.add(Tracee.seize(tid, nextRoom(), Tracing.OPTION_NEW_THREADS));
            }
        }
        return any;
    }

    private void seizeAll() {
        boolean again = seizeNew();
        while (again) {
            again = seizeNew();
        }
        if (threads.stream().allMatch(Tracee::isGone)) {
            throw new TraceException("process " + pid + " has ended");
        }
    }

    private boolean isKnown(int tid) {
        for (Tracee each : threads) {
            if (each.tid() == tid && !each.isGone()) {
                return true;
            }
        }
        return isRememberedAsGone(tid);
    }

    /// The first thread of a process is listed until the last one ends.
    private boolean isRememberedAsGone(int tid) {
        for (Tracee each : threads) {
            if (each.tid() == tid) {
                return ProcessFiles.hasEnded(tid);
            }
        }
        return false;
    }

    private RemoteRegisters nextRoom() {
        if (used == ROOM) {
            room = arena.allocate(ROOM * size, Long.BYTES);
            used = 0;
        }
        return Processors.remote().registers(room.asSlice(used++ * size, size));
    }

    /// 2.
    private void interruptAll(long start) {
        do {
            for (Tracee each : threads) {
                each.interrupt();
            }
            for (Tracee each : threads) {
                if (!each.isRead()) {
                    await(each, start);
                    keepWaiting(each);
                }
            }
        } while (seizeNew());
    }

    private void await(Tracee thread, long start) {
        while (!thread.poll()) {
            long passed = System.nanoTime() - start;
            if (passed > LIMIT_NANOS) {
                throw new TraceException("%s did not stop within 2 seconds; try again when its wait is over"
                        .formatted(ProcessFiles.describe(pid, thread.tid())));
            }
            if (passed < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// As soon as it stands still: if we are killed from here on, its system call goes on all the same.
    private void keepWaiting(Tracee thread) {
        if (thread.readRegisters() && thread.cause() == Tracee.Cause.INTERRUPTED) {
            boolean isSandboxed = !sandboxed.isEmpty() && sandboxed.contains(thread.tid());
            if (thread.registers().keepWaiting()
                    || isSandboxed
                            && !Sandbox.of(thread).allowsRestart()
                            && thread.registers().waitAgain()) {
                thread.writeRegisters(thread.registers());
            }
        }
    }

    private int count() {
        int count = 0;
        for (Tracee each : threads) {
            count += each.isGone() ? 0 : 1;
        }
        return count;
    }

    /// 4.
    private void releaseAll() {
        for (Tracee each : threads) {
            each.release();
        }
    }
}
