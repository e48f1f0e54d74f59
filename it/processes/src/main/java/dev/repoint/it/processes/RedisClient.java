package dev.repoint.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Writes what is its own and reads it again.
final class RedisClient implements Load.Client {

    private final Redis redis;
    private final String key;
    private long round;

    RedisClient(Path socket, int number) {
        key = "own:" + number;
        try {
            redis = Redis.connect(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int round() throws IOException {
        String value = key + "=" + round++;
        String bulk = "$" + value.length() + " " + value;
        require("+OK", "SET", key, value);
        require(bulk, "GET", key);
        require(":1", "HSET", key + ":hash", "field", value);
        require(bulk, "HGET", key + ":hash", "field");
        require(":2", "RPUSH", key + ":list", value, key);
        require("*2 " + bulk + " $" + key.length() + " " + key, "LRANGE", key + ":list", "0", "-1");
        require(":2", "DEL", key + ":hash", key + ":list");
        return 7;
    }

    private void require(String expected, String... command) throws IOException {
        String answer = redis.ask(command);
        if (!answer.equals(expected)) {
            throw new IOException(
                    String.join(" ", command) + ": expected '" + expected + "', and the answer is '" + answer + "'");
        }
    }

    @Override
    public void close() throws IOException {
        redis.close();
    }
}
