package dev.repoint.cli.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A connection to the server that stays open: requests of HTTP/1.1, one after the other. Not thread-safe.
final class Client implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String LENGTH = "Content-Length: ";
    private static final String OK = "HTTP/1.1 200 ";
    private static final int LONGEST_LINE = 1000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /// Connects.
    ///
    /// @param port on the loopback interface
    /// @throws IOException if nobody listens
    Client(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /// Sends a request and waits for its answer.
    ///
    /// @param request all of it
    /// @return the body
    /// @throws IOException if the connection breaks, or the answer is not one with status 200
    String get(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()));
            }
        }
        if (!status.startsWith(OK) || length < 0) {
            throw new IOException("the server answered '" + status + "'");
        }
        return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LONGEST_LINE) {
                throw new IOException("the server ended the connection in the middle of an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
