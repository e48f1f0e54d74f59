package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.Sandbox;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.util.Optional;

/// What the sandbox of a process lets a patch do (`seccomp(2)`). Immutable.
///
/// @param isThere whether one of its threads is in one
/// @param patching why the first patch is refused, which needs memory; empty if it is not
/// @param storing  why a patch stops the process where it would else have one of its threads do it; empty if it
///     does not
/// @param loading  why no library can be loaded into it; empty if one can
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
