package dev.repoint.weaver.splice;

/// A map from a tag and two numbers to a constant.
final class Pairs {

    private static final int FIRST_CAPACITY = 32;

    private long[] keys = {};
    private int[] values = {};
    private int size;

    /// The constant, or 0.
    int get(int tag, int first, int second) {
        return size == 0 ? 0 : values[slot(keys, key(tag, first, second))];
    }

    /// Adds a constant.
    ///
    /// @return the constant
    int put(int tag, int first, int second, int constant) {
        if (++size * 2 > keys.length) {
            grow();
        }
        long key = key(tag, first, second);
        int slot = slot(keys, key);
        keys[slot] = key;
        values[slot] = constant;
        return constant;
    }

    private void grow() {
        long[] before = keys;
        int[] constants = values;
        keys = new long[Math.max(before.length * 2, FIRST_CAPACITY)];
        values = new int[keys.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int slot = slot(keys, before[i]);
                keys[slot] = before[i];
                values[slot] = constants[i];
            }
        }
    }

    /// Never 0, because no tag is 0.
    private static long key(int tag, int first, int second) {
        return (long) tag << 40 | (long) first << 20 | second;
    }

    private static int slot(long[] keys, long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 40) & keys.length - 1;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
