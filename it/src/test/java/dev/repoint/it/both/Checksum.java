package dev.repoint.it.both;

import dev.repoint.Patchable;

/// A checksum in Java, as a program may have it.
final class Checksum {

    private Checksum() {}

    /// What callers call.
    static long of(byte[] data) {
        return update(17, data, data.length);
    }

    @Patchable
    static long update(long start, byte[] data, int length) {
        int sum = (int) start;
        for (int i = 0; i < length; i++) {
            sum = mix(sum, data[i]);
        }
        return Integer.toUnsignedLong(sum);
    }

    @Patchable
    static int mix(int sum, byte next) {
        return 31 * sum + next;
    }
}
