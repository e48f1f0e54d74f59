package dev.repoint.agent.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the operating system tells about a process before anything is done to it.
///
/// Attaching starts with a SIGQUIT. A JVM that listens takes it as an invitation; one that does not prints its
/// threads, and other programs end (nginx, PostgreSQL). So it is found out first whether a process is a JVM
/// that listens.
///
/// @param handle the process
record TargetProcess(ProcessHandle handle) {

    private static final Path PROC = Path.of("/proc");

    /// The process with that number, if one can attach to it.
    ///
    /// @throws ControlException if there is none, it is no JVM, it belongs to another user, or it does not
    ///     listen
    static TargetProcess find(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            throw new ControlException("process " + pid + " is this command itself; name another one");
        }
        TargetProcess process = new TargetProcess(ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .orElseThrow(
                        () -> new ControlException("there is no process " + pid + "; 'jcmd' lists the JVMs that run")));
        process.requireOurs();
        process.requireJvm();
        process.requireListening();
        return process;
    }

    /// Its number in its own namespace, as a container counts.
    long innerPid() {
        return read(handle, "status")
                .flatMap(status -> status.lines()
                        .filter(line -> line.startsWith("NSpid:"))
                        .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                        .findFirst())
                .map(Long::valueOf)
                .orElse(handle.pid());
    }

    /// Where the root of the process can be seen from here.
    Path root() {
        return PROC.resolve(Long.toString(handle.pid())).resolve("root");
    }

    /// Whether the process finds the same file at a path.
    ///
    /// @param path absolute
    boolean sees(Path path) {
        if (!Files.isDirectory(root())) {
            return true; // not Linux, or no permission
        }
        try {
            return Files.isSameFile(path, inside(path.toString()));
        } catch (IOException e) {
            return false;
        }
    }

    /// Where a file can be seen from here that the process names.
    ///
    /// @param path absolute
    Path inside(String path) {
        return root().resolve(path.substring(1));
    }

    private void requireOurs() {
        String self = System.getProperty("user.name", "");
        String owner = handle.info().user().orElse(self);
        if (!owner.equals(self) && !self.equals("root")) {
            throw new ControlException(
                    this + " belongs to the user " + owner + ", this command to " + self + "; run it as " + owner);
        }
    }

    private void requireJvm() {
        if (isJvm(handle).orElse(true)) {
            return;
        }
        List<String> jvms = handle.descendants()
                .filter(child -> isJvm(child).orElse(false))
                .map(child -> new TargetProcess(child).toString())
                .toList();
        throw new ControlException(this + " is no JVM"
                + (jvms.isEmpty()
                        ? "; 'jcmd' lists the JVMs that run"
                        : ", but it has started " + String.join(" and ", jvms) + "; name that one"));
    }

    private void requireListening() {
        List<String> options = Stream.of("environ", "cmdline")
                .flatMap(file -> read(handle, file).stream())
                .flatMap(text -> Stream.of(text.split("[\\x00 =]")))
                .filter(word -> word.endsWith("DisableAttachMechanism"))
                .toList();
        if (!options.isEmpty() && options.getLast().startsWith("-XX:+")) {
            throw new ControlException(this + " lets nobody attach (-XX:+DisableAttachMechanism);"
                    + " start it without this option, or with -javaagent:JAR ('repoint agent' prints which)");
        }
    }

    /// Whether a process has loaded a JVM, if that can be known.
    private static Optional<Boolean> isJvm(ProcessHandle process) {
        return read(process, "maps").map(maps -> maps.contains("/libjvm.so"));
    }

    private static Optional<String> read(ProcessHandle process, String file) {
        try {
            Path path = PROC.resolve(Long.toString(process.pid())).resolve(file);
            return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty(); // not Linux, or no permission: attaching itself will tell
        }
    }

    /// How messages name it: `process 4711 (java)`.
    @Override
    public String toString() {
        String command = handle.info()
                .command()
                .map(path -> " (" + path.substring(path.lastIndexOf('/') + 1) + ")")
                .orElse("");
        return "process " + handle.pid() + command;
    }
}
