package dev.repoint.agent.control;

import dev.repoint.internal.report.FileFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent's jar as seen by a process. It is the jar itself, or a copy in a folder of temporary files of the
/// process. A copy is necessary if the process has another root or other mounts, as in a container, or if its
/// encoding of file names lacks a character of the path.
///
/// Closing this removes the copy. So does an interrupt of the command.
final class VisibleJar implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("tmp", "var/tmp", "dev/shm");

    private final String path;
    private final @Nullable Path copy;
    private final @Nullable Thread hook;

    private VisibleJar(String path, @Nullable Path copy) {
        this.path = path;
        this.copy = copy;
        this.hook = copy == null ? null : new Thread(this::remove, "repoint-remove");
        if (hook != null) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /// Makes the jar visible.
    ///
    /// @param encoding the encoding of file names in the process
    /// @throws ControlException if the jar cannot be copied
    static VisibleJar in(TargetProcess process, Path jar, Charset encoding) {
        Path absolute = jar.toAbsolutePath().normalize();
        if (process.sees(absolute) && encoding.newEncoder().canEncode(absolute.toString())) {
            return new VisibleJar(absolute.toString(), null);
        }
        String reason = "it has no folder /tmp";
        for (String folder : FOLDERS) {
            Path inside = process.root().resolve(folder);
            if (!Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            String name = "repoint-agent-" + Long.toHexString(System.nanoTime()) + ".jar";
            VisibleJar placed = new VisibleJar("/" + folder + "/" + name, inside.resolve(name));
            try {
                placed.copyFrom(absolute);
                return placed;
            } catch (IOException e) {
                placed.close();
                reason = FileFailure.reason(e);
            }
        }
        throw new ControlException(
                process + " has another root or encoding, and the agent's jar cannot be copied into it: " + reason);
    }

    /// Its path as seen by the process.
    String path() {
        return path;
    }

    @Override
    public void close() {
        Thread registered = hook;
        if (registered != null) {
            remove();
            try {
                boolean unused = Runtime.getRuntime().removeShutdownHook(registered);
            } catch (IllegalStateException e) {
                // The command ends, and the hook runs.
            }
        }
    }

    private void copyFrom(Path jar) throws IOException {
        if (copy != null) {
            Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private void remove() {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            // The process has ended with its root.
        }
    }
}
