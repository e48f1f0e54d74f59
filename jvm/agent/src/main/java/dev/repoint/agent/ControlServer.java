package dev.repoint.agent;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.ControlSocket;
import dev.repoint.agent.control.Frame;
import dev.repoint.agent.control.FrameException;
import dev.repoint.agent.control.Reply;
import dev.repoint.agent.control.Request;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Serves requests on a Unix domain socket in a folder that only this user can enter.
///
/// No request can harm the program: the sizes of frames and the number of connections are limited, all threads are
/// daemons, and a failure ends only its connection.
final class ControlServer {

    private static final int MAX_REQUEST_LENGTH = 1 << 20;
    private static final int MAX_CONNECTIONS = 64;
    /// The maximum length of the socket's path. It is less than the smallest limit of the operating systems (104
    /// bytes).
    private static final int MAX_PATH_LENGTH = 100;
    private static final int ATTEMPTS = 100;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Function<Request, Reply> requests;
    private final ServerSocketChannel server;
    private final Path socket;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);

    private ControlServer(Function<Request, Reply> requests, ServerSocketChannel server, Path socket) {
        this.requests = requests;
        this.server = server;
        this.socket = socket;
    }

    /// Opens the socket, publishes its path in [ControlSocket#PATH_PROPERTY], and starts to serve.
    static ControlServer open(Function<Request, Reply> requests) throws IOException {
        Path folder = folder();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path socket = folder.resolve("control");
            server.bind(UnixDomainSocketAddress.of(socket));
            ControlServer opened = new ControlServer(requests, server, socket);
            new Accepting(opened).start();
            System.setProperty(ControlSocket.PATH_PROPERTY, socket.toString());
            return opened;
        } catch (IOException | RuntimeException e) {
            server.close();
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /// Whether commands can still reach the socket. Somebody may have removed the folder of temporary files.
    boolean isReachable() {
        return server.isOpen() && Files.exists(socket);
    }

    /// Closes the socket and removes the folder.
    void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException e) {
            // An empty folder of temporary files remains.
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serveApart(server.accept());
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                LockSupport.parkNanos(PAUSE_NANOS); // closed, or out of files or threads for now
            }
        }
    }

    private void serveApart(SocketChannel connection) throws IOException {
        if (!free.tryAcquire()) {
            refuse(connection, "too many connections; try again when others have ended");
            return;
        }
        boolean started = false;
        try {
            new Serving(this, connection).start();
            started = true;
        } finally {
            if (!started) {
                free.release();
                connection.close();
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            String denied = denial(connection);
            if (denied != null) {
                refuse(connection, denied);
                return;
            }
            InputStream in = Channels.newInputStream(connection);
            OutputStream out = Channels.newOutputStream(connection);
            while (true) {
                Frame frame = Frame.readFrom(in, MAX_REQUEST_LENGTH);
                reply(frame).frame().writeTo(out);
            }
        } catch (EOFException e) {
            // the client has its reply
        } catch (FrameException e) {
            refuse(connection, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // the client has closed the connection, or cannot be answered
        } finally {
            free.release();
        }
    }

    private Reply reply(Frame frame) {
        try {
            return requests.apply(Request.of(frame));
        } catch (ControlException e) {
            return new Reply.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(SocketChannel connection, String why) {
        try (connection) {
            new Reply.Refused(why).frame().writeTo(Channels.newOutputStream(connection));
        } catch (IOException e) {
            // the client has closed the connection
        }
    }

    /// The reason why the client may not connect, or null. The permissions of the folder already exclude other
    /// users; this method also asks the kernel.
    private @Nullable String denial(SocketChannel connection) throws IOException {
        UserPrincipal self = Files.getOwner(socket);
        UserPrincipal peer;
        try {
            peer = PeerCredentials.of(connection);
        } catch (LinkageError | UnsupportedOperationException e) {
            return null; // the program runs without the module jdk.net
        }
        // In a container without /etc/passwd the names are numbers.
        boolean allowed = peer.equals(self)
                || peer.getName().equals("root")
                || peer.getName().equals("0");
        return allowed
                ? null
                : "the program belongs to the user " + self.getName() + ", and " + peer.getName()
                        + " may not change it";
    }

    /// Makes a folder that only this user can enter. It does not use [Files#createTempDirectory], because that draws
    /// random numbers for the name, and the JVM needs long to prepare for this. Other users cannot enter the folder
    /// even if they guess its name.
    private static Path folder() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        if (parent.toString().length() > MAX_PATH_LENGTH - "/repoint-0123456789abcdef/control".length()) {
            parent = Path.of("/tmp");
        }
        var mine = PosixFilePermissions.asFileAttribute(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        for (int attempt = 1; ; attempt++) {
            try {
                return Files.createDirectory(
                        parent.resolve("repoint-".concat(Long.toHexString(System.nanoTime()))), mine);
            } catch (FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static final class Accepting extends DaemonThread {

        private final ControlServer server;

        Accepting(ControlServer server) {
            super("repoint-control");
            this.server = server;
        }

        @Override
        public void run() {
            server.accept();
        }
    }

    private static final class Serving extends DaemonThread {

        private final ControlServer server;
        private final SocketChannel connection;

        Serving(ControlServer server, SocketChannel connection) {
            super("repoint-connection");
            this.server = server;
            this.connection = connection;
        }

        @Override
        public void run() {
            server.serve(connection);
        }
    }
}
