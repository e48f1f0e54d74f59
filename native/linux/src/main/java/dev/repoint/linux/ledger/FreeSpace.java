package dev.repoint.linux.ledger;

import java.util.Comparator;
import java.util.List;

/// What is free between what is taken.
public final class FreeSpace {

    private static final int ALIGNMENT = 8;

    private FreeSpace() {}

    /// The first free place.
    ///
    /// @param taken  addresses and sizes, in any order, inside or outside
    /// @param start  the lowest address
    /// @param end    the address behind the last byte
    /// @param length in bytes
    /// @return its address, a multiple of 8; 0 if there is none
    public static long free(List<long[]> taken, long start, long end, long length) {
        long place = start;
        List<long[]> sorted = taken.stream()
                .filter(each -> each[0] >= start && each[0] < end)
                .sorted(Comparator.comparingLong(each -> each[0]))
                .toList();
        for (long[] each : sorted) {
            if (each[0] - place >= length) {
                return place;
            }
            place = Math.max(place, each[0] + each[1] + ALIGNMENT - 1 & -ALIGNMENT);
        }
        return end - place >= length ? place : 0;
    }
}
