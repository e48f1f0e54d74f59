package dev.repoint.cli.watch;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.ProcessFacts;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Looks at a process again and again, until it ends.
///
/// @param process  that is looked at
/// @param interval between two looks, in milliseconds
/// @param look     tells how things stand; may fail when the process ends meanwhile
public record Watch(ProcessHandle process, int interval, Supplier<List<WatchedPatchable>> look) {

    /// Runs until the process ends, or this thread is interrupted.
    ///
    /// @throws RuntimeException that the look threw, if the process goes on nevertheless
    public void run(WatchDisplay display) {
        try {
            while (isRunning()) {
                List<WatchedPatchable> now;
                try {
                    now = look.get();
                } catch (RuntimeException e) {
                    if (isRunning() && !ends() && isRunning()) {
                        throw e;
                    }
                    return;
                }
                display.show(now);
                if (ends()) {
                    return;
                }
            }
        } finally {
            display.end();
        }
    }

    /// One that has ended may be listed as alive, until its parent has taken note of it.
    private boolean isRunning() {
        try {
            return process.isAlive() && ProcessFacts.of(process.pid()).program() != ProcessFacts.Program.ENDED;
        } catch (NativePatchException e) {
            return false; // it is not even listed
        }
    }

    /// Waits; returns whether the process has ended, or nobody wants to know any more.
    private boolean ends() {
        try {
            process.onExit().get(interval, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
