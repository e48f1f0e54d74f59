package dev.repoint.cli;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What native patchables of a running process were set from outside.
final class NativeStates {

    private NativeStates() {}

    /// Of a process of native code.
    ///
    /// @throws NativePatchException if it cannot be looked into
    static List<ProcessState> of(long pid) {
        try (OtherProcess process = OtherProcess.open(pid)) {
            return process.status();
        }
    }

    /// Of the libraries of a JVM: none where they cannot be looked into, for then none were set by this user.
    static List<ProcessState> ofJvm(long pid) {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return List.of();
        }
        try {
            return of(pid);
        } catch (NativePatchException e) {
            return List.of();
        }
    }
}
