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

/// The agent's jar where a process sees it: in place, or as a copy in a folder of temporary files of that
/// process, if it has another root or other mounts, as those of containers have, or an encoding of file names
/// that lacks some of the path.
///
/// A copy is taken away when this is closed, and when the command is interrupted.
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
    /// @param encoding of the names of files there
    /// @throws ControlException if it cannot be copied to where the process sees it
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

    /// Its path, as the process names it.
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
                // The command is ending, and the hook runs.
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
