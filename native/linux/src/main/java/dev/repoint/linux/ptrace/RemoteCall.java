package dev.repoint.linux.ptrace;

import dev.repoint.linux.platform.Processors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/// Has another process call one of its functions, in a thread that waits for something and holds no lock of the
/// C library. All other threads run on meanwhile: one of them may hold a lock that the function needs.
public final class RemoteCall {

    /// Stands for the address of memory for results.
    public static final long BUFFER = -1;

    private static final long STACK = 16 << 10;
    private static final long PAUSE_NANOS = 5_000_000;

    private RemoteCall() {}

    /// The code that has to stand in the process, where it may be run.
    public static byte[] code() {
        return Processors.remote().callCode();
    }

    /// A call.
    ///
    /// @param function  its address
    /// @param arguments up to three; [#BUFFER] stands for the address of some memory for its results
    public record Call(long function, long... arguments) {}

    /// Makes calls, one behind the other, in one thread and with its signals blocked: a handler could need the
    /// lock that a function holds.
    ///
    /// @param code     the address of [#code]
    /// @param patience with the threads
    /// @param task     what they do
    /// @return the result of the last one; empty if no thread was idle: nothing was called then
    /// @throws TraceException if the sandbox of the process forbids it, or the thread does not come back
    public static OptionalLong call(
            long pid, RemoteMemory memory, long code, List<Call> calls, Patience patience, RemoteTask task) {
        Sandbox.obstacleOfAll(pid, task).ifPresent(reason -> {
            throw new TraceException(reason);
        });
        long start = System.nanoTime();
        while (true) {
            Optional<ThreadBorrower.Lent<Long>> done = TracingThread.run(() ->
                    ThreadBorrower.tryDuring(pid, memory, patience.place(), STACK, task, thread -> {
                        long result = 0;
                        for (Call each : calls) {
                            long[] arguments = each.arguments.clone();
                            for (int i = 0; i < arguments.length; i++) {
                                arguments[i] = arguments[i] == BUFFER ? thread.reserve() : arguments[i];
                            }
                            result = thread.runUndisturbed(code, new long[] {each.function, 0}, arguments)[0];
                        }
                        return result;
                    }));
            if (done.isPresent()) {
                return OptionalLong.of(done.get().result());
            }
            if (patience.isOver(start)) {
                return OptionalLong.empty();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
