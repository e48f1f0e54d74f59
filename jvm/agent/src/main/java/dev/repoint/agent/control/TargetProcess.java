package dev.repoint.agent.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The data of the operating system about a process, before a command changes anything.
///
/// Attaching starts with a SIGQUIT. A JVM with attach enabled starts its listener. Other JVMs print their threads,
/// and other programs end (nginx, PostgreSQL). So this class first finds out whether the process is a JVM with
/// attach enabled.
///
/// @param handle the process
record TargetProcess(ProcessHandle handle) {

    private static final Path PROC = Path.of("/proc");

    /// The process with this id, if attaching is possible.
    ///
    /// @throws ControlException if there is no such process, it is not a JVM, it belongs to another user, or attach
    ///     is disabled
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

    /// Its id in its own namespace, as seen in a container.
    long innerPid() {
        return read(handle, "status")
                .flatMap(status -> status.lines()
                        .filter(line -> line.startsWith("NSpid:"))
                        .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                        .findFirst())
                .map(Long::valueOf)
                .orElse(handle.pid());
    }

    /// The path of the process's root, as seen from here.
    Path root() {
        return PROC.resolve(Long.toString(handle.pid())).resolve("root");
    }

    /// Whether the process finds the same file under a path.
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

    /// The path of a file of the process, as seen from here.
    ///
    /// @param path absolute path in the process
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
        if (!options.isEmpty() && options.get(options.size() - 1).startsWith("-XX:+")) {
            throw new ControlException(this + " does not allow attaching (-XX:+DisableAttachMechanism);"
                    + " start it without this option, or with -javaagent:JAR ('repoint agent' prints which)");
        }
    }

    /// Whether a process has loaded a JVM, if this can be found out.
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

    /// Its name in messages: `process 4711 (java)`.
    @Override
    public String toString() {
        String command = handle.info()
                .command()
                .map(path -> " (" + path.substring(path.lastIndexOf('/') + 1) + ")")
                .orElse("");
        return "process " + handle.pid() + command;
    }
}
