package dev.repoint.linux.ptrace;

import dev.repoint.linux.platform.Processors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Steps that a borrowed thread of another process makes one after the other, while its other threads run on:
/// words are stored at once, which nothing from outside can promise, and pages get the protection that this
/// needs.
///
/// The thread makes all of them without help, and then waits for a moment to be returned to where it was; if
/// this process is killed meanwhile, it makes them to the end and goes back by itself. They end early at one
/// that cannot be made. Not thread-safe.
public final class RemoteSteps {

    /// How many steps there may be.
    public static final int MOST = (BorrowedThread.RESERVE - Long.BYTES) / (4 * Long.BYTES) - 1;

    private static final int STORE = -1;
    private static final int STORE_IF = -2;
    private static final int END = -3;
    /// A step is four words: the number of a system call, which has to return 0, and its arguments; or what is to be
    /// done with a word, its address, what it has to hold, and what it is to hold. Before the steps is a word for the
    /// address of the step behind the last one that was looked at ([dev.repoint.linux.processor.RemoteCode#stepsCode]).
    private static final int STEP = 4 * Long.BYTES;
    private static final long SPARE_STACK = 4096;

    private final List<long[]> steps = new ArrayList<>();

    /// How far they came.
    ///
    /// @param steps how many were made, from the first one on
    /// @param nanos for how long the thread was borrowed
    public record Made(int steps, long nanos) {}

    /// The code that has to stand in the process, where it may be run.
    public static byte[] code() {
        return Processors.remote().stepsCode();
    }

    /// How many there are.
    public int count() {
        return steps.size();
    }

    /// Gives whole pages another protection.
    ///
    /// @param protection of `sys/mman.h`
    public RemoteSteps protect(long address, long size, long protection) {
        return add(Processors.remote().call("mprotect").number(), address, size, protection);
    }

    /// Stores a word, which may be written; all ends here if it does not hold what it has to.
    ///
    /// @param address a multiple of 8
    public RemoteSteps store(long address, long expected, long next) {
        return add(STORE, address, expected, next);
    }

    /// Stores a word, which may be written, if it holds what is expected.
    ///
    /// @param address a multiple of 8
    public RemoteSteps storeIf(long address, long expected, long next) {
        return add(STORE_IF, address, expected, next);
    }

    private RemoteSteps add(long... step) {
        steps.add(step);
        return this;
    }

    /// Has a thread make them: best one that waits.
    ///
    /// @param code the address of [#code]
    /// @return empty if no thread can be borrowed: nothing was done
    /// @throws IllegalStateException if there are more than [#MOST]
    /// @throws TraceException        if the thread ends meanwhile, or does not come back; then it is not known
    ///     how far it came
    public Optional<Made> run(long pid, RemoteMemory memory, long code) {
        if (steps.size() > MOST) {
            throw new IllegalStateException(steps.size() + " steps");
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment list = list(arena);
            RemoteTask task = RemoteTask.storing(false);
            ThreadBorrower.Work<Integer> work = thread -> {
                memory.write(thread.reserve(), list);
                long end = thread.runAlone(memory, code, code().length, thread.reserve());
                return end == 0 ? 0 : made(end - thread.reserve() - Long.BYTES);
            };
            return TracingThread.run(() -> ThreadBorrower.tryDuring(
                                    pid, memory, SafePoint.WAITING, SPARE_STACK, task, work)
                            .or(() -> ThreadBorrower.tryDuring(pid, memory, SafePoint.ANY, SPARE_STACK, task, work)))
                    .map(lent -> new Made(lent.result(), lent.nanos()));
        }
    }

    /// @param length of the steps that were looked at, in bytes
    private int made(long length) {
        long looked = length / STEP;
        if (length % STEP != 0 || looked < 1 || looked > steps.size() + 1) {
            throw new TraceException(
                    "the thread that was borrowed went back before it was asked how far it came, because this"
                            + " process had no processor for a tenth of a second; check its state");
        }
        return (int) looked - 1;
    }

    private MemorySegment list(Arena arena) {
        MemorySegment list = arena.allocate(Long.BYTES + (steps.size() + 1L) * STEP, Long.BYTES);
        for (int i = 0; i < steps.size(); i++) {
            MemorySegment.copy(MemorySegment.ofArray(steps.get(i)), 0, list, Long.BYTES + (long) i * STEP, STEP);
        }
        list.set(ValueLayout.JAVA_LONG, Long.BYTES + (long) steps.size() * STEP, END);
        return list;
    }
}
