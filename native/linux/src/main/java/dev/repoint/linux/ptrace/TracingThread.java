package dev.repoint.linux.ptrace;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs work that traces: all of it in one platform thread that ends with the work. When a thread ends, the
/// kernel lets go of all that it has seized, so nothing stays stopped or traced, whatever the work did.
public final class TracingThread {

    private TracingThread() {}

    /// Runs work to its end, also if the caller is interrupted meanwhile.
    ///
    /// @return what it returns
    /// @throws RuntimeException whatever the work throws
    public static <T> T run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name("repoint-tracing").start(task);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e.getCause());
            } finally {
                if (interrupted && !thread.isAlive()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
