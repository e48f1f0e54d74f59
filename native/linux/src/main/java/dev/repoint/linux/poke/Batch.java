package dev.repoint.linux.poke;

import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.machine.trap.Emulation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Changes of code and words that come into effect together. Immutable.
///
/// Code is a site that is, before and after, one of the forms that [LiveCode#emulation] knows: so what a thread does
/// that meets the breakpoint is exactly what it would have done there. Or it is the first
/// instructions of a function ([EntrySite]), of which there is a copy. A word is an aligned pointer of 8 bytes
/// that code reads at once, such as a slot of the global offset table.
public final class Batch {

    /// Changes of code, by address.
    final Column code;
    /// Changes of words, by address.
    final Column words;
    /// Of each change of code, what the bytes do before and after.
    final Emulation[] before;
    final Emulation[] after;
    /// Of each change of code, a mask of the bytes that hold breakpoints meanwhile.
    final long[] breakpoints;
    /// The changes of code that are of the first instructions of functions.
    final List<EntrySite> entries;

    private Batch(LiveCode live, Column code, Column words, Map<Long, EntrySite> entries) {
        this.code = code;
        this.words = words;
        this.before = emulations(live, code, code.expected, entries);
        this.after = emulations(live, code, code.replacements, entries);
        long first = (1L << Byte.SIZE * live.trapLength()) - 1;
        this.breakpoints = new long[code.count];
        for (int i = 0; i < code.count; i++) {
            EntrySite entry = entries.get(code.addresses[i]);
            breakpoints[i] = entry == null ? first : entry.traps(live.trapLength());
        }
        this.entries = List.copyOf(entries.values());
    }

    /// How many places it changes.
    public int size() {
        return code.count + words.count;
    }

    /// Collects one.
    public static Builder builder() {
        return new Builder();
    }

    private static Emulation[] emulations(LiveCode live, Column code, long[] bytes, Map<Long, EntrySite> entries) {
        Emulation[] emulations = new Emulation[code.count];
        for (int i = 0; i < emulations.length; i++) {
            EntrySite entry = entries.get(code.addresses[i]);
            Emulation each = entry != null && bytes[i] == entry.original()
                    ? Emulation.jump(entry.copies()[0])
                    : live.emulation(bytes[i], code.lengths[i], code.addresses[i]);
            if (each == null) {
                throw new IllegalArgumentException("the bytes %s at 0x%x are no instruction that can be emulated"
                        .formatted(text(bytes[i], code.lengths[i]), code.addresses[i]));
            }
            emulations[i] = each;
        }
        return emulations;
    }

    /// Bytes as people read them.
    ///
    /// @param bytes the first one lowest
    static String text(long bytes, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : " ").append("%02x".formatted(bytes >>> 8 * i & 0xff));
        }
        return text.toString();
    }

    /// Collects the changes of a batch. Not thread-safe.
    public static final class Builder {

        private final Column code = new Column();
        private final Column words = new Column();
        private final Map<Long, EntrySite> entries = new HashMap<>();

        private Builder() {}

        /// Adds a change of code.
        ///
        /// @param address     of its first byte
        /// @param length      in bytes
        /// @param expected    the bytes that must stand there, the first one lowest
        /// @param replacement the bytes that are to stand there
        public Builder code(long address, int length, long expected, long replacement) {
            long mask = (1L << 8 * length) - 1;
            code.add(address, length, expected & mask, replacement & mask);
            return this;
        }

        /// Adds a change of the first instructions of a function.
        ///
        /// @param expected    the bytes that must stand there: the original ones, or a jump ([dev.repoint.linux.processor.EntryJumps])
        /// @param replacement the bytes that are to stand there: likewise
        public Builder entry(EntrySite entry, long expected, long replacement) {
            entries.put(entry.address(), entry);
            return code(entry.address(), entry.length(), expected, replacement);
        }

        /// Adds a change of a word.
        ///
        /// @param address     a multiple of 8
        /// @param expected    what it must hold
        /// @param replacement what it is to hold
        /// @throws IllegalArgumentException if the address is not aligned
        public Builder word(long address, long expected, long replacement) {
            if ((address & Long.BYTES - 1) != 0) {
                throw new IllegalArgumentException(
                        "the pointer at 0x%x is not aligned, so it cannot be stored in one step".formatted(address));
            }
            words.add(address, Long.BYTES, expected, replacement);
            return this;
        }

        /// How many changes there are.
        public int size() {
            return code.count + words.count;
        }

        /// The batch.
        ///
        /// @throws IllegalArgumentException if changes overlap, or bytes are nothing that can be emulated
        public Batch build() {
            return new Batch(Processors.own(), code.sorted(), words.sorted(), entries);
        }
    }

    /// Changes, field by field, so that 100,000 of them are a few arrays.
    static final class Column {

        long[] addresses = new long[16];
        byte[] lengths = new byte[16];
        long[] expected = new long[16];
        long[] replacements = new long[16];
        int count;

        private void add(long address, int length, long before, long after) {
            if (count == addresses.length) {
                int size = count * 2;
                addresses = Arrays.copyOf(addresses, size);
                lengths = Arrays.copyOf(lengths, size);
                expected = Arrays.copyOf(expected, size);
                replacements = Arrays.copyOf(replacements, size);
            }
            addresses[count] = address;
            lengths[count] = (byte) length;
            expected[count] = before;
            replacements[count++] = after;
        }

        /// The same by address, checked.
        private Column sorted() {
            long[] order = Arrays.copyOf(addresses, count);
            Arrays.sort(order);
            Column sorted = new Column();
            sorted.addresses = order;
            sorted.lengths = new byte[count];
            sorted.expected = new long[count];
            sorted.replacements = new long[count];
            sorted.count = count;
            for (int i = 0; i < count; i++) {
                int place = order[i] == addresses[i] ? i : Arrays.binarySearch(order, addresses[i]);
                sorted.lengths[place] = lengths[i];
                sorted.expected[place] = expected[i];
                sorted.replacements[place] = replacements[i];
            }
            for (int i = 1; i < count; i++) {
                if (order[i] - order[i - 1] < sorted.lengths[i - 1] || sorted.lengths[i - 1] == 0) {
                    throw new IllegalArgumentException(
                            "0x%x and 0x%x are changed by one patch and overlap".formatted(order[i - 1], order[i]));
                }
            }
            return sorted;
        }
    }
}
