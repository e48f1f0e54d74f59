package dev.repoint.it.processes;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/// One connection to a web server, which stays open. Serves one thread.
final class Http implements AutoCloseable {

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    /// An answer.
    record Answer(int status, String body) {}

    private Http(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = Channels.newOutputStream(channel);
    }

    static Http connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new Http(channel);
    }

    /// Gets a page.
    ///
    /// @param user name and password, parted by a colon; empty for none
    /// @throws EOFException if the server closed the connection
    Answer get(String path, String user) throws IOException {
        String who = user.isEmpty() ? "" : "Authorization: Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII)) + "\r\n";
        out.write(("GET " + path + " HTTP/1.1\r\nHost: here\r\n" + who + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String first = line();
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException(first + ": an answer without its length");
        }
        String body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        return new Answer(Integer.parseInt(first.split(" ")[1]), body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) next);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
