package dev.repoint.agent;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/// Asks the kernel for the user at the other end of a socket (`SO_PEERCRED`). This is a separate class, because a
/// program may lack the module `jdk.net`: then the class does not link.
final class PeerCredentials {

    private PeerCredentials() {}

    /// The user.
    static UserPrincipal of(SocketChannel connection) throws IOException {
        return connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }
}
