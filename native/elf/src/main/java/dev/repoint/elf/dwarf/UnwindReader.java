package dev.repoint.elf.dwarf;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.raw.Bytes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the entries of `.eh_frame` (Linux Standard Base 5.0, part 10.6.1).
///
/// An entry is: its length (4 bytes, or ffffffff and 8 bytes), then a number of 4 bytes. That is 0 in a common
/// information entry, and otherwise the distance back to the one that belongs to it.
final class UnwindReader {

    private static final long EXTENDED = 0xffff_ffffL;
    private static final int FIRST = 256;
    /// Common entries that overlap are read at most so many times.
    private static final int COMMON_BYTES_PER_BYTE = 4;

    private final UnwindSection section;
    private final Map<Long, Common> commons = new ConcurrentHashMap<>();
    private long[] starts = new long[FIRST];
    private long[] ends = new long[FIRST];
    private long[] offsets = new long[FIRST];
    private int count;
    private long commonBytes;

    /// A common information entry.
    ///
    /// @param encoding   of addresses of code
    /// @param exceptions encoding of the address of the table of exceptions
    /// @param isAugmented whether its entries have a part with its own length
    private record Common(
            long codeAlignment,
            long dataAlignment,
            long returnRegister,
            boolean isAugmented,
            boolean isSignalFrame,
            boolean usesKeyB,
            long personality,
            boolean isIndirect,
            int encoding,
            int exceptions,
            byte[] instructions) {}

    UnwindReader(UnwindSection section) {
        this.section = section;
    }

    /// Starts, ends and offsets of all entries, in the order of starts.
    long[][] sorted() throws ElfFormatException {
        for (long at = 0; at <= section.size() - 8; ) {
            at = entry(at);
        }
        boolean isSorted = true;
        for (int i = 1; i < count; i++) {
            isSorted &= Long.compareUnsigned(starts[i - 1], starts[i]) < 0;
        }
        return isSorted ? found() : ordered();
    }

    private long[][] found() {
        return new long[][] {Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), Arrays.copyOf(offsets, count)};
    }

    private long[][] ordered() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Long.compareUnsigned(starts[one], starts[other]));
        long[][] sorted = found();
        for (int i = 0; i < count; i++) {
            sorted[0][i] = starts[order[i]];
            sorted[1][i] = ends[order[i]];
            sorted[2][i] = offsets[order[i]];
        }
        return sorted;
    }

    /// Keeps the place of an entry.
    ///
    /// @return where the next one begins
    private long entry(long at) throws ElfFormatException {
        Cursor cursor = section.cursor(at);
        long length = length(cursor);
        if (length == 0) {
            return at + 4;
        }
        cursor.limit(length);
        long next = cursor.end();
        long idAt = cursor.at();
        long id = cursor.u32();
        if (id != 0) {
            Common common = common(idAt - id, cursor);
            long start = PointerEncoding.read(cursor, common.encoding, section.address(), 0);
            long size = PointerEncoding.value(cursor, common.encoding);
            if (size > 0 && Long.compareUnsigned(start + size, start) > 0) {
                add(start, start + size, at);
            }
        }
        return next;
    }

    private static long length(Cursor cursor) throws ElfFormatException {
        long length = cursor.u32();
        return length == EXTENDED ? cursor.s64() : length;
    }

    private void add(long start, long end, long offset) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        offsets[count++] = offset;
    }

    UnwindEntry whole(long at) throws ElfFormatException {
        Cursor cursor = section.cursor(at);
        cursor.limit(length(cursor));
        long idAt = cursor.at();
        Common common = common(idAt - cursor.u32(), cursor);
        long start = PointerEncoding.read(cursor, common.encoding, section.address(), 0);
        long size = PointerEncoding.value(cursor, common.encoding);
        long exceptions = 0;
        if (common.isAugmented) {
            long end = cursor.uleb();
            end += cursor.at();
            if (common.exceptions != PointerEncoding.OMITTED && end > cursor.at()) {
                exceptions = PointerEncoding.readOrZero(cursor, common.exceptions, section.address());
            }
            cursor.to(end);
        }
        long from = cursor.at();
        return new UnwindEntry(
                new Address(start),
                new Address(start + size),
                common.codeAlignment,
                common.dataAlignment,
                common.returnRegister,
                common.isSignalFrame,
                common.usesKeyB,
                new Address(common.personality),
                common.isIndirect,
                new Address(exceptions),
                common.encoding,
                common.instructions,
                rest(cursor),
                new Address(section.address() + from));
    }

    private byte[] rest(Cursor cursor) {
        Bytes bytes = section.section().bytes();
        return bytes.array(cursor.at(), (int) (cursor.end() - cursor.at()));
    }

    private Common common(long at, Cursor user) throws ElfFormatException {
        Common known = commons.get(at);
        if (known == null) {
            if (at < 0 || at > section.size() - 8) {
                throw user.malformed("an unwind entry refers to a common one outside of the table");
            }
            known = readCommon(section.cursor(at));
            commonBytes += known.instructions.length;
            if (commonBytes > COMMON_BYTES_PER_BYTE * section.size()) {
                throw user.malformed("common unwind entries overlap");
            }
            commons.put(at, known);
        }
        return known;
    }

    private Common readCommon(Cursor cursor) throws ElfFormatException {
        cursor.limit(length(cursor));
        if (cursor.u32() != 0) {
            throw cursor.malformed("an unwind entry refers to one that is not common");
        }
        int version = cursor.u8();
        int letters = cursor.textLength();
        String augmentation = section.section().bytes().text(cursor.at(), letters);
        cursor.skip(letters + 1L);
        if (version == 4) {
            cursor.skip(2); // sizes of addresses and of segment selectors
        }
        if (augmentation.equals("eh")) {
            throw cursor.malformed("an unwind entry has the form of gcc 2");
        }
        long codeAlignment = cursor.uleb();
        long dataAlignment = cursor.sleb();
        long returnRegister = version == 1 ? cursor.u8() : cursor.uleb();
        int encoding = 0;
        int exceptions = PointerEncoding.OMITTED;
        long personality = 0;
        boolean isIndirect = false;
        boolean isAugmented = augmentation.startsWith("z");
        if (isAugmented) {
            long end = cursor.uleb();
            end += cursor.at();
            for (int i = 1; i < augmentation.length(); i++) {
                switch (augmentation.charAt(i)) {
                    case 'R' -> encoding = cursor.u8();
                    case 'L' -> exceptions = cursor.u8();
                    case 'P' -> {
                        int form = cursor.u8();
                        isIndirect = (form & PointerEncoding.INDIRECT) != 0;
                        personality = PointerEncoding.readOrZero(cursor, form, section.address());
                    }
                    default -> {} // S, B and G have no data
                }
            }
            cursor.to(end);
        }
        return new Common(
                codeAlignment,
                dataAlignment,
                returnRegister,
                isAugmented,
                augmentation.indexOf('S') > 0,
                augmentation.indexOf('B') > 0,
                personality,
                isIndirect,
                encoding,
                exceptions,
                rest(cursor));
    }
}
