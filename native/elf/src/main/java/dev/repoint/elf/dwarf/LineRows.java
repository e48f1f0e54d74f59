package dev.repoint.elf.dwarf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rows of the line number table, as columns: each holds from its address to that of the next row of its
/// sequence.
final class LineRows {

    private final List<String> files = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();
    private long[] addresses = new long[256];
    private int[] lines = new int[256];
    private int[] fileOf = new int[256];
    private int count;
    private int sequenceStart;

    /// Rows that follow each other without a gap.
    ///
    /// @param section that addresses count from, 0 in linked files
    /// @param start   the first address
    /// @param end     the address behind the last instruction
    /// @param first   the first row
    /// @param last    the row that ends it
    private record Sequence(int section, long start, long end, int first, int last) implements Comparable<Sequence> {

        @Override
        public int compareTo(Sequence other) {
            int bySection = Integer.compare(section, other.section);
            return bySection != 0 ? bySection : Long.compareUnsigned(start, other.start);
        }
    }

    boolean isEmpty() {
        return sequences.isEmpty();
    }

    /// @return the index by which rows refer to it
    int addFile(String file) {
        files.add(file);
        return files.size() - 1;
    }

    /// Adds a row. One that goes back behind the row before it says nothing that can be found, and is left out.
    ///
    /// @param file an index, or -1 if the table names none
    void add(long address, int file, int line) {
        if (count > sequenceStart && Long.compareUnsigned(address, addresses[count - 1]) < 0) {
            return;
        }
        if (count == addresses.length) {
            int size = count + (count >> 1);
            addresses = Arrays.copyOf(addresses, size);
            lines = Arrays.copyOf(lines, size);
            fileOf = Arrays.copyOf(fileOf, size);
        }
        addresses[count] = address;
        lines[count] = line;
        fileOf[count++] = file;
    }

    /// How many rows there are.
    int count() {
        return count;
    }

    /// Ends the rows that were added since the last end.
    ///
    /// @param kept whether they are of use
    void endSequence(int section, boolean kept) {
        if (kept && count - sequenceStart > 1) {
            sequences.add(
                    new Sequence(section, addresses[sequenceStart], addresses[count - 1], sequenceStart, count - 1));
        } else {
            count = sequenceStart;
        }
        sequenceStart = count;
    }

    /// To be called when all sequences are there.
    LineRows sorted() {
        sequences.sort(null);
        addresses = Arrays.copyOf(addresses, count);
        lines = Arrays.copyOf(lines, count);
        fileOf = Arrays.copyOf(fileOf, count);
        return this;
    }

    Optional<SourceLine> find(int section, long address) {
        int low = 0;
        int high = sequences.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Sequence sequence = sequences.get(middle);
            int order = Integer.compare(sequence.section, section);
            if (order < 0 || order == 0 && Long.compareUnsigned(sequence.start, address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return Optional.empty();
        }
        Sequence below = sequences.get(low - 1);
        return below.section == section && Long.compareUnsigned(address, below.end) < 0
                ? row(below, address)
                : Optional.empty();
    }

    /// The last row at or before an address; line 0 means that the line is not known.
    private Optional<SourceLine> row(Sequence sequence, long address) {
        int low = sequence.first;
        int high = sequence.last;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int row = low - 1;
        return row < sequence.first || lines[row] <= 0 || fileOf[row] < 0
                ? Optional.empty()
                : Optional.of(new SourceLine(files.get(fileOf[row]), lines[row]));
    }
}
