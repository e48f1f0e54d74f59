package dev.repoint.machine.site;

import java.util.Arrays;

/// Rows of numbers in columns that grow together, so that many rows need little memory. Used by one thread at a
/// time.
public final class Columns {

    private static final int FIRST = 16;

    private final long[][] longs;
    private final int[][] ints;
    private final byte[][] bytes;
    private int capacity = FIRST;
    private int count;

    /// No rows.
    ///
    /// @param longs the number of columns of each type
    public Columns(int longs, int ints, int bytes) {
        this.longs = new long[longs][FIRST];
        this.ints = new int[ints][FIRST];
        this.bytes = new byte[bytes][FIRST];
    }

    /// Adds a row of zeros.
    ///
    /// @return its number
    public int add() {
        if (count == capacity) {
            capacity *= 2;
            Arrays.setAll(longs, i -> Arrays.copyOf(longs[i], capacity));
            Arrays.setAll(ints, i -> Arrays.copyOf(ints[i], capacity));
            Arrays.setAll(bytes, i -> Arrays.copyOf(bytes[i], capacity));
        }
        return count++;
    }

    /// The number of rows.
    public int count() {
        return count;
    }

    /// A column, by row: valid until the next row is added, and at least as long as there are rows.
    public long[] longs(int column) {
        return longs[column];
    }

    /// A column, as [#longs].
    public int[] ints(int column) {
        return ints[column];
    }

    /// A column, as [#longs].
    public byte[] bytes(int column) {
        return bytes[column];
    }
}
