package dev.repoint.it.processes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One connection to a redis server. Serves one thread.
final class Redis implements AutoCloseable {

    private final Connection connection;

    private Redis(Connection connection) {
        this.connection = connection;
    }

    static Redis connect(Path socket) throws IOException {
        return new Redis(Connection.open(socket));
    }

    /// Sends a command, and returns the answer as it came: with the marks of the protocol, lines parted by a
    /// blank.
    ///
    /// @throws EOFException if the server closed the connection
    String ask(String... command) throws IOException {
        send(command);
        return answer();
    }

    private void send(String... command) throws IOException {
        StringBuilder text =
                new StringBuilder().append('*').append(command.length).append("\r\n");
        for (String each : command) {
            text.append('$').append(each.length()).append("\r\n").append(each).append("\r\n");
        }
        connection.send(text.toString());
    }

    /// Sends commands that the server does together, with none of another connection between two.
    ///
    /// @return the answer to each
    List<String> together(List<List<String>> commands) throws IOException {
        require("+OK", ask("MULTI"));
        for (List<String> each : commands) {
            require("+QUEUED", ask(each.toArray(String[]::new)));
        }
        send("EXEC");
        require("*" + commands.size(), connection.line());
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            answers.add(answer());
        }
        return answers;
    }

    private static void require(String expected, String found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("expected '" + expected + "', and the answer is '" + found + "'");
        }
    }

    private String answer() throws IOException {
        String line = connection.line();
        int length = switch (line.charAt(0)) {
            case '$', '*' -> Integer.parseInt(line.substring(1));
            case '+', '-', ':' -> 0;
            default -> throw new IOException("no answer of redis: " + line);
        };
        StringBuilder whole = new StringBuilder(line);
        if (line.charAt(0) == '$' && length >= 0) {
            whole.append(' ').append(connection.text(length));
            connection.line();
        }
        if (line.charAt(0) == '*') {
            for (int i = 0; i < length; i++) {
                whole.append(' ').append(answer());
            }
        }
        return whole.toString();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
