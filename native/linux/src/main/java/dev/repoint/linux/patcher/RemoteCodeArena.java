package dev.repoint.linux.patcher;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.Chunk;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.processor.RemoteCode;
import dev.repoint.linux.ptrace.BorrowedThread;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.ThreadBorrower;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.ptrace.TracingThread;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory of ours in another process, and the entries and veneers in it. They are never freed, because a thread
/// may be in them, and used again. Used by one thread at a time.
final class RemoteCodeArena implements VeneerSource {

    private static final long MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022;
    private static final long ROOM_SIZE = 16L * Memory.PAGE;
    /// So large is a room at most, unless it is for something larger.
    private static final long LARGE_ROOM = 1L << 20;
    private static final long HIGHEST = Long.MAX_VALUE >>> 16;
    private static final long HEAP_GROWTH = 1L << 30;
    private static final int TRIES = 8;

    private final long pid;
    private final RemoteMemory memory;
    private final RemoteCode processor;
    private final List<Chunk> chunks;
    private final Map<Chunk, CodeRoom> rooms = new LinkedHashMap<>();
    private boolean isForced;

    /// @param chunks all that the process has; new ones are added
    RemoteCodeArena(long pid, RemoteMemory memory, RemoteCode processor, List<Chunk> chunks) {
        this.pid = pid;
        this.memory = memory;
        this.processor = processor;
        this.chunks = chunks;
    }

    /// Says whether a sandbox that cannot be looked into is trusted.
    void force(boolean isForced) {
        this.isForced = isForced;
    }

    @Override
    public long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        return veneer(new byte[0], outcome, lowest, highest);
    }

    /// A veneer that begins with other instructions.
    long veneer(byte[] undoing, Outcome outcome, long lowest, long highest) throws OutOfRange {
        int first = outcome instanceof Outcome.To(long target)
                ? ByteBuffer.wrap(memory.read(target, Integer.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt()
                : 0;
        byte[] veneer = processor.veneer(outcome, first);
        return place(
                ByteBuffer.allocate(undoing.length + veneer.length)
                        .put(undoing)
                        .put(veneer)
                        .array(),
                lowest,
                highest);
    }

    /// Code that goes to the content of a word ([RemoteCode#through]).
    ///
    /// @param word its address
    long through(long word, long lowest, long highest) throws OutOfRange {
        return place(processor.through(word), lowest, highest);
    }

    /// Code that goes to the target of a slot ([RemoteCode#throughTable]).
    ///
    /// @param table the address of the word with the address of the table that counts
    long entry(long table, int slot, long lowest, long highest) throws OutOfRange {
        return place(processor.throughTable(table, slot), lowest, highest);
    }

    /// Code of ours that may stand anywhere.
    long code(byte[] code) throws OutOfRange {
        return place(code, 0, HIGHEST);
    }

    /// Code that has to know where it stands.
    @FunctionalInterface
    interface PlacedCode {
        /// Its bytes at an address.
        byte[] at(long address) throws OutOfRange;
    }

    /// Code that no other is equal to.
    ///
    /// @param length in bytes
    /// @return where it stands: a multiple of 32
    long code(int length, PlacedCode code, long lowest, long highest) throws OutOfRange {
        long place = reserve(CodeRoom.units(length), lowest, highest);
        write(place, code.at(place));
        return place;
    }

    /// An equal one that is there, else a new one.
    private long place(byte[] code, long lowest, long highest) throws OutOfRange {
        for (CodeRoom each : rooms()) {
            long place = each.find(code, lowest, highest);
            if (place != 0) {
                return place;
            }
        }
        long place = reserve(CodeRoom.units(code.length), lowest, highest);
        write(place, code);
        return place;
    }

    /// Whether some code of ours stands at an address.
    boolean has(long place, byte[] code) {
        return rooms().stream().anyMatch(each -> each.has(place, code));
    }

    private void write(long place, byte[] code) {
        for (CodeRoom each : rooms()) {
            if (each.write(place, code)) {
                return;
            }
        }
    }

    private Collection<CodeRoom> rooms() {
        for (Chunk each : chunks) {
            if (each.kind() == Chunk.Kind.CODE && !rooms.containsKey(each)) {
                rooms.put(each, new CodeRoom(memory, each));
            }
        }
        return rooms.values();
    }

    /// Room for code, taken for ever before it is written. Where it is taken up, a room as large as all before is made.
    private long reserve(int size, long lowest, long highest) throws OutOfRange {
        for (CodeRoom each : rooms()) {
            long place = each.reserve(size, lowest, highest);
            if (place != 0) {
                return place;
            }
        }
        long all = rooms.keySet().stream().mapToLong(Chunk::size).sum();
        long least = Chunk.HEADER + size + Memory.PAGE - 1 & -Memory.PAGE;
        create(
                Chunk.Kind.CODE,
                Math.max(least, Math.max(ROOM_SIZE, Math.min(all, LARGE_ROOM))),
                Chunk.HEADER,
                lowest,
                highest);
        return reserve(size, lowest, highest);
    }

    /// Maps memory in the process, if possible between two addresses.
    ///
    /// @throws OutOfRange     if nothing is free
    /// @throws TraceException if no thread can do it
    Chunk createAnywhere(Chunk.Kind kind, long size, long next, long lowest, long highest) throws OutOfRange {
        try {
            return create(kind, size, next, lowest, highest);
        } catch (OutOfRange e) {
            return create(kind, size, next, 0, HIGHEST);
        }
    }

    /// Maps memory in the process.
    ///
    /// @throws OutOfRange     if nothing is free there
    /// @throws TraceException if no thread can do it
    private Chunk create(Chunk.Kind kind, long size, long next, long lowest, long highest) throws OutOfRange {
        List<Long> starts = free(size, Math.max(lowest, Memory.PAGE), highest);
        if (starts.isEmpty()) {
            throw new OutOfRange("no memory is free in process %d between 0x%x and 0x%x for the veneers that it needs"
                    .formatted(pid, lowest, highest));
        }
        long found = TracingThread.run(() -> ThreadBorrower.during(
                        pid, memory, RemoteTask.mapping(isForced), thread -> map(thread, starts, size)))
                .result();
        if (found < 0) {
            throw new TraceException(
                    "process %d cannot map memory: errno %d; it may have reached a limit or be in a sandbox"
                            .formatted(pid, -found));
        }
        Chunk chunk = Chunk.create(memory, found, kind, size, next);
        chunks.add(chunk);
        return chunk;
    }

    private long map(BorrowedThread thread, List<Long> starts, long size) {
        long result = 0;
        for (int i = 0; i < Math.min(TRIES, starts.size()); i++) {
            result = thread.call(
                    processor.call("mmap").number(),
                    starts.get(i),
                    size,
                    Memory.READ | Memory.EXECUTE,
                    MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE,
                    -1,
                    0);
            if (result == starts.get(i)) {
                return result;
            }
            if (result > 0) {
                thread.call(
                        processor.call("munmap").number(), result, size); // an old kernel took the address for a hint
                result = -17;
            }
        }
        return result;
    }

    /// Free places, those in the middle first, with a free page on either side: so the kernel does not join
    /// them with others.
    private List<Long> free(long size, long lowest, long highest) {
        long middle = lowest / 2 + highest / 2;
        List<Long> starts = new ArrayList<>();
        long free = 16L * Memory.PAGE;
        for (Mapping each : mappings().all()) {
            if (!each.path().equals("[stack]")) {
                long last = each.start() - size - Memory.PAGE;
                long start = Math.min(last, Math.min(highest, Math.max(middle, free + Memory.PAGE))) & -Memory.PAGE;
                if (start > free && start >= lowest && start <= highest) {
                    starts.add(start);
                }
            }
            free = each.end() + (each.path().equals("[heap]") ? HEAP_GROWTH : 0);
        }
        starts.sort((a, b) -> Long.compare(Math.abs(a - middle), Math.abs(b - middle)));
        return starts;
    }

    private Mappings mappings() {
        try {
            return Mappings.of(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
