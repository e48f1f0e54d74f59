package dev.repoint.linux.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a program of these tests counts while it runs: see `counts.h`.
final class Counts {

    private static final long LIMIT_SECONDS = 60;

    private final Path file;

    /// @param folder where the program runs
    Counts(Path folder) {
        this.file = folder.resolve("counts");
    }

    /// The count with a number.
    long at(int number) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(number * Long.BYTES);
    }

    /// Waits until a count is higher than now by so much.
    ///
    /// @throws IOException if it does not come to that
    void awaitMore(int number, int more) throws IOException {
        long until = at(number) + more;
        long start = System.nanoTime();
        while (at(number) < until) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new IOException("count " + number + " stays at " + at(number));
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
