package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.Sandbox;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.util.Optional;

/// The sandbox of a process (`seccomp(2)`) and its effect on patches. Immutable.
///
/// @param isThere  whether any of its threads is in a sandbox
/// @param patching the reason for which the first patch, which needs memory, is refused; empty if it is not
/// @param storing  the reason for which a patch of slots stops the process; empty if it does not
/// @param loading  the reason for which no library can be loaded; empty if one can
public record ProcessSandbox(
        boolean isThere, Optional<String> patching, Optional<String> storing, Optional<String> loading) {

    /// Asks its filters, each thread after the other: for that each is stopped for a moment.
    ///
    /// @throws NativePatchException if it must not be traced
    public static ProcessSandbox of(long pid) {
        if (!Sandbox.isAroundAny(pid)) {
            return new ProcessSandbox(false, Optional.empty(), Optional.empty(), Optional.empty());
        }
        try {
            return new ProcessSandbox(
                    true,
                    Sandbox.obstacleOfAll(pid, RemoteTask.mapping(false)),
                    Sandbox.obstacleOfAll(pid, RemoteTask.storing(false)),
                    Sandbox.obstacleOfAll(pid, RemoteTask.loading(false)));
        } catch (TraceException | CallFailedException e) {
            throw ProcessRefusal.because("", "", e);
        }
    }
}
