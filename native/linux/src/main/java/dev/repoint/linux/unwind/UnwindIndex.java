package dev.repoint.linux.unwind;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// What says which unwind entry an instruction has, for code of ours: read by threads that unwind, without a lock, also
/// in handlers of signals, while a block is added.
///
/// | word of the table | |
/// | --- | --- |
/// | 0 | a counter: its lowest byte counts |
/// | 1, 2 | where the blocks begin: word 1 if the counter is even, word 2 if it is odd |
/// | 3 | the function that is asked about all other instructions |
///
/// | word of a block | |
/// | --- | --- |
/// | 0 | the next block; 0 behind the last one |
/// | 1, 2 | from where, and up to where, it knows anything |
/// | 3 | the number of its ranges |
/// | 4... | for each range, sorted: start, end, frame description entry |
///
/// A block is never changed, nor freed. A new one also holds the ranges of the blocks that are no larger than what it
/// adds, and takes their place: so there are few blocks, however many patches were made. To add one, write the word that
/// does not count, then store the counter: one byte, so it is not seen in parts.
public final class UnwindIndex {

    /// How many bytes a table has.
    public static final int TABLE = 4 * Long.BYTES;
    /// Where the table has the function that is asked about all else.
    public static final int OTHER = 3 * Long.BYTES;

    private static final int HEADS = Long.BYTES;
    private static final int HEADER = 4 * Long.BYTES;
    private static final int RANGE = 3 * Long.BYTES;
    private static final int NUMBERS = 0xff;

    /// The memory that holds it.
    @FunctionalInterface
    public interface Source {
        /// Bytes that are there.
        byte[] read(long address, int length);
    }

    /// What is to be written.
    ///
    /// @param head    the address of the word for the address of the new block
    /// @param counter the value of the counter after that: 0 to 255
    /// @param block   the bytes of the new block
    public record Addition(long head, int counter, byte[] block) {

        /// Copies the bytes.
        public Addition {
            block = block.clone();
        }

        @Override
        public byte[] block() {
            return block.clone();
        }
    }

    private UnwindIndex() {}

    /// A table that knows nothing yet.
    ///
    /// @param other the function that is asked about all other instructions
    public static byte[] table(long other) {
        return words(TABLE).putLong(OTHER, other).array();
    }

    /// Adds ranges.
    ///
    /// @param table the address of the table
    /// @param added at least one; none overlaps another, but each may be there already
    public static Addition adding(Source memory, long table, Collection<UnwindRange> added) {
        TreeMap<Long, UnwindRange> ranges = new TreeMap<>();
        added.forEach(each -> ranges.put(each.start(), each));
        ByteBuffer words = read(memory, table, TABLE);
        int counter = (int) words.getLong(0) & NUMBERS;
        long next = words.getLong(head(counter));
        while (next != 0) {
            ByteBuffer header = read(memory, next, HEADER);
            int count = (int) header.getLong(3 * Long.BYTES);
            if (count > ranges.size()) {
                break;
            }
            for (UnwindRange each : ranges(read(memory, next + HEADER, count * RANGE), count)) {
                ranges.putIfAbsent(each.start(), each);
            }
            next = header.getLong(0);
        }
        int now = counter + 1 & NUMBERS;
        return new Addition(table + head(now), now, block(next, new ArrayList<>(ranges.values())));
    }

    private static int head(int counter) {
        return HEADS + (counter & 1) * Long.BYTES;
    }

    private static List<UnwindRange> ranges(ByteBuffer words, int count) {
        List<UnwindRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ranges.add(new UnwindRange(words.getLong(), words.getLong(), words.getLong()));
        }
        return ranges;
    }

    private static byte[] block(long next, List<UnwindRange> ranges) {
        ByteBuffer block = words(HEADER + ranges.size() * RANGE)
                .putLong(next)
                .putLong(ranges.getFirst().start())
                .putLong(ranges.getLast().end())
                .putLong(ranges.size());
        ranges.forEach(each -> block.putLong(each.start()).putLong(each.end()).putLong(each.entry()));
        return block.array();
    }

    private static ByteBuffer read(Source memory, long address, int length) {
        return ByteBuffer.wrap(memory.read(address, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer words(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
