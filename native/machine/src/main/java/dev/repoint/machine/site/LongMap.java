package dev.repoint.machine.site;

import java.util.Arrays;

/// A map from long numbers to int numbers of 0 and more, without an object per entry. Nothing is ever removed.
final class LongMap {

    /// What [#get] gives for a number that is not in the map.
    static final int ABSENT = -1;

    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    private int[] values = new int[SMALLEST];
    private int size;

    LongMap() {
        Arrays.fill(values, ABSENT);
    }

    int get(long key) {
        return values[slot(key)];
    }

    void put(long key, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int slot = slot(key);
        if (values[slot] == ABSENT) {
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    private int slot(long key) {
        long hash = key * 0x9e37_79b9_7f4a_7c15L; // Fibonacci hashing (Knuth, volume 3, 6.4)
        int slot = (int) (hash >>> 32) & keys.length - 1;
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        Arrays.fill(values, ABSENT);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] == ABSENT) {
                continue;
            }
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            values[slot] = oldValues[i];
        }
    }
}
