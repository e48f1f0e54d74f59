package dev.repoint.it.processes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/// One connection to a web server, which stays open. Serves one thread.
final class Http implements AutoCloseable {

    private final Connection connection;

    /// An answer.
    record Answer(int status, String body) {}

    private Http(Connection connection) {
        this.connection = connection;
    }

    static Http connect(Path socket) throws IOException {
        return over(Connection.open(socket));
    }

    static Http over(Connection connection) {
        return new Http(connection);
    }

    /// Gets a page.
    ///
    /// @param user name and password, parted by a colon; empty for none
    /// @throws EOFException if the server closed the connection
    Answer get(String path, String user) throws IOException {
        String who = user.isEmpty()
                ? ""
                : "Authorization: Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII))
                        + "\r\n";
        connection.send("GET " + path + " HTTP/1.1\r\nHost: here\r\n" + who + "\r\n");
        String first = connection.line();
        int length = -1;
        for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException(first + ": an answer without its length");
        }
        String body = connection.text(length);
        return new Answer(Integer.parseInt(first.split(" ")[1]), body);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
