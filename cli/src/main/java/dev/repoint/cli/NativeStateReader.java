package dev.repoint.cli;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a process again and again: what it has loaded is opened once. Not thread-safe.
final class NativeStateReader implements AutoCloseable {

    private final long pid;
    private final boolean isJvm;
    private @Nullable OtherProcess process;

    /// @param isJvm whether it is a JVM, of which nothing is told if it must not be looked into
    NativeStateReader(long pid, boolean isJvm) {
        this.pid = pid;
        this.isJvm = isJvm;
    }

    /// The patchables that do not lead to their default now.
    ///
    /// @throws NativePatchException if it cannot be looked into
    List<ProcessState> states() {
        OtherProcess known = process;
        if (known != null) {
            try {
                return known.status();
            } catch (NativePatchException e) {
                close(); // it may run another program now
            }
        }
        if (isJvm) {
            known = NativeStates.openJvm(pid).orElse(null);
        } else {
            known = OtherProcess.open(pid);
        }
        process = known;
        return known == null ? List.of() : known.status();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
