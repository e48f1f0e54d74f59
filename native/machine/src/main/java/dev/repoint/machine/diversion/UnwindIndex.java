package dev.repoint.machine.diversion;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The index of a file's unwind entries (`.eh_frame_hdr`; LSB Core, "The .eh_frame_hdr section"), which can grow.
///
/// | bytes | what | encoding |
/// | --- | --- | --- |
/// | 4 | version 1, and the encodings of what follows | |
/// | 4 | start of `.eh_frame` | relative to itself |
/// | 4 | number of entries | |
/// | 8 each | start of a function, its unwind entry; in the order of functions | relative to the index |
final class UnwindIndex {

    private static final int HEAD = 12;
    private static final int ENTRY = 8;
    private static final int ENCODINGS = 0x3b_03_1b_01; // the version and the encodings of every linker

    private final long frames;
    private final Map<Long, Long> entries;

    private UnwindIndex(long frames, Map<Long, Long> entries) {
        this.frames = frames;
        this.entries = entries;
    }

    /// The index of a file.
    ///
    /// @return empty if it has none: then nothing looks for unwind entries through an index
    /// @throws ElfException if it has none that can grow
    static Optional<UnwindIndex> of(ElfFile file) throws ElfException {
        Segment segment = file.segments().stream()
                .filter(each -> each.type() == Segment.PT_GNU_EH_FRAME && each.fileSize() >= HEAD)
                .findFirst()
                .orElse(null);
        if (segment == null) {
            return Optional.empty();
        }
        long address = segment.address().value();
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes()
                        .asSlice(segment.offset().value(), segment.fileSize())
                        .toArray(ValueLayout.JAVA_BYTE))
                .order(ByteOrder.LITTLE_ENDIAN);
        long count = Integer.toUnsignedLong(bytes.getInt(ENTRY));
        if (bytes.getInt(0) != ENCODINGS || count > (bytes.capacity() - HEAD) / ENTRY) {
            throw new ElfException(file.name()
                    + ": the index of unwind entries (.eh_frame_hdr) has a form that is not known, so the entry of a"
                    + " copy cannot be added");
        }
        TreeMap<Long, Long> entries = new TreeMap<>();
        for (int at = HEAD; at < HEAD + count * ENTRY; at += ENTRY) {
            entries.put(address + bytes.getInt(at), address + bytes.getInt(at + Integer.BYTES));
        }
        return Optional.of(new UnwindIndex(address + Integer.BYTES + bytes.getInt(Integer.BYTES), entries));
    }

    /// Adds an entry.
    void add(long function, long entry) {
        entries.put(function, entry);
    }

    int size() {
        return HEAD + entries.size() * ENTRY;
    }

    /// The index, to be loaded at an address.
    ///
    /// @throws ArithmeticException if anything is 2 GiB away from there
    byte[] bytes(long address) {
        ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(ENCODINGS);
        bytes.putInt(Math.toIntExact(frames - (address + Integer.BYTES)));
        bytes.putInt(entries.size());
        entries.forEach((function, entry) ->
                bytes.putInt(Math.toIntExact(function - address)).putInt(Math.toIntExact(entry - address)));
        return bytes.array();
    }
}
