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

/// One connection to a redis server. Serves one thread.
final class Redis implements AutoCloseable {

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private Redis(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = Channels.newOutputStream(channel);
    }

    static Redis connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new Redis(channel);
    }

    /// Sends a command, and returns the answer as it came: with the marks of the protocol, lines parted by a blank.
    ///
    /// @throws EOFException if the server closed the connection
    String ask(String... command) throws IOException {
        StringBuilder text = new StringBuilder().append('*').append(command.length).append("\r\n");
        for (String each : command) {
            text.append('$').append(each.length()).append("\r\n").append(each).append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    private String answer() throws IOException {
        String line = line();
        int length = switch (line.charAt(0)) {
            case '$', '*' -> Integer.parseInt(line.substring(1));
            case '+', '-', ':' -> 0;
            default -> throw new IOException("no answer of redis: " + line);
        };
        StringBuilder whole = new StringBuilder(line);
        if (line.charAt(0) == '$' && length >= 0) {
            whole.append(' ').append(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
            line();
        }
        if (line.charAt(0) == '*') {
            for (int i = 0; i < length; i++) {
                whole.append(' ').append(answer());
            }
        }
        return whole.toString();
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
