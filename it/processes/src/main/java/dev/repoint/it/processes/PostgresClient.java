package dev.repoint.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Asks for a row, and for the sine and the cosine of 0, which change places at one moment: a patch may come
/// between the two of a pair, but not between those of each pair.
final class PostgresClient implements Load.Client {

    private static final int ROWS = 100_000;

    private final Postgres server;
    private final Random random;

    PostgresClient(Path socket, int number) {
        random = new Random(number);
        try {
            server = Postgres.connect(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int round() throws IOException {
        int number = 1 + random.nextInt(ROWS);
        List<String> row = server.ask("SELECT aid, abalance FROM pgbench_accounts WHERE aid = " + number);
        String pairs = server.ask("SELECT sin(0), cos(0), sin(0), cos(0), sin(0), cos(0)")
                .getFirst();
        if (!row.equals(List.of(number + "|0")) || !pairs.matches("([01]\\|[01]\\|)*(0\\|1|1\\|0)(\\|[01]\\|[01])*")) {
            throw new IOException("the row is " + row + ", sines and cosines of 0 are " + pairs);
        }
        return 2;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
