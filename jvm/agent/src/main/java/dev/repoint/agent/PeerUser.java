package dev.repoint.agent;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/// Asks the kernel who is at the other end of a socket. A class of its own, as a program may lack the module
/// `jdk.net`: then this class does not link.
final class PeerUser {

    private PeerUser() {}

    /// The user.
    static UserPrincipal of(SocketChannel connection) throws IOException {
        return connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }
}
