package dev.repoint.cli;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What native patchables of a running process were set from outside.
final class NativeStates {

    private NativeStates() {}

    /// Of a process of native code.
    ///
    /// @param notices takes what was set and is gone
    /// @throws NativePatchException if it cannot be looked into
    static List<ProcessState> of(long pid, Consumer<String> notices) {
        try (OtherProcess process = OtherProcess.open(pid)) {
            return of(process, notices);
        }
    }

    /// Of the libraries of a JVM: none where they must not be looked into, for then none were set by this user.
    ///
    /// @param notices takes what was set and is gone
    /// @throws NativePatchException if what was set cannot be told
    static List<ProcessState> ofJvm(long pid, Consumer<String> notices) {
        return inJvm(pid, process -> of(process, notices)).orElse(List.of());
    }

    private static List<ProcessState> of(OtherProcess process, Consumer<String> notices) {
        process.unloaded().forEach(each -> notices.accept("note: " + each));
        return process.status();
    }

    /// Works on the libraries of a JVM.
    ///
    /// @return empty where they must not be looked into
    static <T> Optional<T> inJvm(long pid, Function<OtherProcess, T> work) {
        Optional<OtherProcess> opened = openJvm(pid);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (OtherProcess process = opened.get()) {
            return Optional.of(work.apply(process));
        }
    }

    /// Opens a JVM.
    ///
    /// @return empty if it must not be looked into
    static Optional<OtherProcess> openJvm(long pid) {
        try {
            return Files.isDirectory(Path.of("/proc/self")) ? Optional.of(OtherProcess.open(pid)) : Optional.empty();
        } catch (NativePatchException e) {
            return Optional.empty();
        }
    }
}
