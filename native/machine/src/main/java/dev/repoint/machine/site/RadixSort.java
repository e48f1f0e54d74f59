package dev.repoint.machine.site;

/// The order of numbers as a permutation: a radix sort by bytes, stable, of unsigned numbers.
final class RadixSort {

    private static final int BYTE = 256;

    private RadixSort() {}

    /// The indexes of numbers, so that the numbers at them ascend.
    ///
    /// @param keys  the numbers, which stay as they are
    /// @param count how many of them are meant, from the first on
    static int[] of(long[] keys, int count) {
        int[] order = new int[count];
        boolean ascending = true;
        long different = 0;
        for (int i = 0; i < count; i++) {
            order[i] = i;
            if (i > 0) {
                ascending &= Long.compareUnsigned(keys[i - 1], keys[i]) <= 0;
                different |= keys[i - 1] ^ keys[i];
            }
        }
        if (ascending) {
            return order;
        }
        int[] from = order;
        int[] to = new int[count];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if ((different >>> shift & 0xff) == 0) {
                continue;
            } // all have the same byte there
            int[] starts = new int[BYTE + 1];
            for (int i = 0; i < count; i++) {
                starts[(int) (keys[i] >>> shift & 0xff) + 1]++;
            }
            for (int i = 0; i < BYTE; i++) {
                starts[i + 1] += starts[i];
            }
            for (int i = 0; i < count; i++) {
                to[starts[(int) (keys[from[i]] >>> shift & 0xff)]++] = from[i];
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    /// The index of the last number that is not above another one, in ascending unsigned numbers; -1 if all are
    /// above.
    static int floor(long[] ascending, int count, long key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ascending[middle], key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
