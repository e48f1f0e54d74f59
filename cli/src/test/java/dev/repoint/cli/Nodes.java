package dev.repoint.cli;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// What is in a folder beside files and folders.
final class Nodes {

    private Nodes() {}

    /// Makes one of each kind: a named pipe, a socket, and, where the user may, a device.
    ///
    /// @return what messages call each, by its path
    static Map<Path, String> in(Path folder) throws IOException {
        Map<Path, String> nodes = new LinkedHashMap<>();
        nodes.put(pipe(folder), "a pipe");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        nodes.put(socket, "a socket");
        Path device = folder.resolve("device");
        if (Run.in(folder, List.of("mknod", device.toString(), "c", "1", "3")).exit() == 0) {
            nodes.put(device, "a device");
            nodes.put(Files.createSymbolicLink(folder.resolve("link"), device), "a device");
        }
        return nodes;
    }

    /// Makes a pipe that nobody writes to: who opens it waits for ever.
    static Path pipe(Path folder) throws IOException {
        Run.succeeding(folder, List.of("mkfifo", "pipe"));
        return folder.resolve("pipe");
    }

    /// A small disk, or a skipped test where the user may not have one.
    ///
    /// @param folder that becomes the disk
    static AutoCloseable disk(Path folder) throws IOException {
        Run mounted = Run.in(folder, List.of("mount", "-t", "tmpfs", "-o", "size=256k", "none", folder.toString()));
        Assumptions.assumeTrue(
                mounted.exit() == 0, () -> "no small disk can be mounted, which root may: " + mounted.errors());
        return () -> Run.succeeding(folder.getParent(), List.of("umount", folder.toString()));
    }
}
