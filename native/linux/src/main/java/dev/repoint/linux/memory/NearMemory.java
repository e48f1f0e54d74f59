package dev.repoint.linux.memory;

import dev.repoint.linux.call.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Memory for code within reach of other code. It is never freed, because a thread may be in it. Used by one
/// thread at a time.
public final class NearMemory {

    /// How many bytes are mapped together.
    public static final int CHUNK = 16 * Memory.PAGE;
    private static final int ALIGNMENT = 16;
    private static final long GROWTH = 1L << 30;

    private final CodeMemory code;
    private final int protection;
    private final List<Chunk> chunks = new ArrayList<>();

    /// Pages that were mapped together.
    private static final class Chunk {
        private final long start;
        private long next;

        private Chunk(long start) {
            this.start = start;
            this.next = start;
        }

        private boolean fits(int length, long lowest, long highest) {
            return next >= lowest && next <= highest && next + length <= start + CHUNK;
        }
    }

    /// @param code       writes to it
    /// @param protection of [Memory#READ], [Memory#WRITE], [Memory#EXECUTE]
    public NearMemory(CodeMemory code, int protection) {
        this.code = code;
        this.protection = protection;
    }

    /// Puts code between two addresses.
    ///
    /// @param bytes   up to a page of code that may stand anywhere
    /// @param lowest  the lowest address where it may begin
    /// @param highest the highest one
    /// @return where it begins: a multiple of 16; 0 if nothing is free there
    public long put(byte[] bytes, long lowest, long highest) {
        long address = take(bytes.length, lowest, highest);
        if (address != 0) {
            code.fill(address, bytes);
        }
        return address;
    }

    /// Takes memory between two addresses, to be filled by [CodeMemory#fill].
    ///
    /// @param length  up to a page
    /// @param lowest  the lowest address where it may begin
    /// @param highest the highest one
    /// @return where it begins: a multiple of 16; 0 if nothing is free there
    public long take(int length, long lowest, long highest) {
        if (length > Memory.PAGE) {
            throw new IllegalArgumentException(length + " bytes");
        }
        Chunk chunk = chunk(length, lowest, highest);
        if (chunk == null) {
            return 0;
        }
        long address = chunk.next;
        chunk.next = address + length + ALIGNMENT - 1 & -ALIGNMENT;
        return address;
    }

    /// Where the pages begin that were mapped together with memory that was taken: 16 of them.
    public long chunk(long address) {
        return chunks.stream()
                .mapToLong(each -> each.start)
                .filter(start -> address >= start && address < start + CHUNK)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Chunk chunk(int length, long lowest, long highest) {
        for (Chunk each : chunks) {
            if (each.fits(length, lowest, highest)) {
                return each;
            }
        }
        long address = map(lowest, highest);
        if (address == 0) {
            return null;
        }
        Chunk made = new Chunk(address);
        chunks.add(made);
        return made;
    }

    /// Maps pages as close to the middle as it can: there, what they are for has its other veneers too.
    private long map(long lowest, long highest) {
        long middle = lowest / 2 + highest / 2;
        List<Long> starts = new ArrayList<>();
        long free = Memory.PAGE;
        for (Mapping each : Mappings.now().all()) {
            // Below the stack of the program nothing may be: it grows.
            if (!each.path().equals("[stack]")) {
                long last = each.start() - CHUNK;
                long end = Math.min(last, highest) & -Memory.PAGE;
                long begin = Math.max(free, lowest + Memory.PAGE - 1) & -Memory.PAGE;
                if (begin <= end) {
                    // Both ends as well: where an emulator has memory of its own, that is not told.
                    starts.addAll(List.of(Math.clamp(middle & -Memory.PAGE, begin, end), begin, end));
                }
            }
            // Behind the heap of the program too.
            free = each.end() + (each.path().equals("[heap]") ? GROWTH : 0);
        }
        starts.sort((a, b) -> Long.compare(Math.abs(a - middle), Math.abs(b - middle)));
        for (long start : starts) {
            if (Memory.mapAt(start, CHUNK, protection)) {
                return start;
            }
        }
        return 0;
    }
}
