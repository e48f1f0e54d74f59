package dev.repoint.linux.ledger;

import java.util.Map;
import java.util.TreeMap;

/// Which bytes of chunks hold records that count: the others are free.
final class RecordSpace {

    private static final int ALIGNMENT = 8;

    private final TreeMap<Long, Long> ends = new TreeMap<>();
    /// No gap has room for so many bytes.
    private long hopeless = Long.MAX_VALUE;

    /// Takes bytes.
    void take(long address, long length) {
        ends.put(address, address + length);
    }

    /// Gives bytes back.
    void release(long address) {
        if (ends.remove(address) != null) {
            Map.Entry<Long, Long> before = ends.lowerEntry(address);
            Long behind = ends.higherKey(address);
            boolean isGap = before != null && behind != null;
            if (!isGap || behind - before.getValue() >= hopeless) {
                hopeless = Long.MAX_VALUE;
            }
        }
    }

    /// A free place: behind all that is taken, else the first one between.
    ///
    /// @param chunks any number, each an address and the one behind its last byte
    /// @return its address, a multiple of 8; 0 if there is none
    long free(Iterable<long[]> chunks, long length) {
        for (long[] each : chunks) {
            Map.Entry<Long, Long> last = ends.lowerEntry(each[1]);
            long place = last == null || last.getKey() < each[0] ? each[0] : aligned(last.getValue());
            if (each[1] - place >= length) {
                return place;
            }
        }
        if (length >= hopeless) {
            return 0;
        }
        for (long[] each : chunks) {
            long place = each[0];
            for (Map.Entry<Long, Long> taken : ends.subMap(each[0], each[1]).entrySet()) {
                if (taken.getKey() - place >= length) {
                    return place;
                }
                place = aligned(taken.getValue());
            }
        }
        hopeless = length;
        return 0;
    }

    private static long aligned(long address) {
        return address + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
