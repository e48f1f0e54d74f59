package dev.repoint.linux.patcher;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.Chunk;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.BorrowedThread;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.ThreadBorrower;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.ptrace.TracingThread;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// Memory of ours in another process, and the entries and veneers in it. They are never freed, because a thread
/// may be in them, and used again. Used by one thread at a time.
final class RemoteCodeArena implements VeneerSource {

    private static final long SYS_MMAP = 9;
    private static final long SYS_MUNMAP = 11;
    private static final long MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022;
    private static final long ROOM_SIZE = 16L * Memory.PAGE;
    private static final int UNIT = 32;
    private static final long HEAP_GROWTH = 1L << 30;
    private static final int TRIES = 8;
    /// `endbr64`: an entry may be called through a pointer.
    private static final byte[] START = {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa};
    private static final byte[] THROUGH_NEAR = {(byte) 0xff, 0x25}; // jmp *disp32(%rip)
    private static final byte[] THROUGH_FAR = {0x50, 0x48, (byte) 0xa1}; // push %rax; movabs address,%rax
    private static final byte[] THROUGH_FAR_END = {0x48, (byte) 0x87, 0x04, 0x24, (byte) 0xc3}; // xchg %rax,(%rsp); ret

    private final long pid;
    private final RemoteMemory memory;
    private final Architecture architecture;
    private final List<Chunk> chunks;
    private boolean isForced;

    /// @param chunks all that the process has; new ones are added
    RemoteCodeArena(long pid, RemoteMemory memory, Architecture architecture, List<Chunk> chunks) {
        this.pid = pid;
        this.memory = memory;
        this.architecture = architecture;
        this.chunks = chunks;
    }

    /// Says whether a sandbox that cannot be looked into is trusted.
    void force(boolean isForced) {
        this.isForced = isForced;
    }

    @Override
    public long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        byte[] code = architecture.veneer(outcome, 0); // for x86-64 it may stand anywhere
        return place(place -> code, lowest, highest);
    }

    /// Code that goes to the content of a word, and changes neither a register nor a flag. One that is far from the
    /// word pushes its target and returns there.
    ///
    /// @param word its address
    long through(long word, long lowest, long highest) throws OutOfRange {
        return place(place -> jump(word, place), lowest, highest);
    }

    private static byte[] jump(long word, long place) {
        int near = START.length + THROUGH_NEAR.length;
        long distance = word - (place + near + Integer.BYTES);
        byte[] code;
        if (distance == (int) distance) {
            code = Arrays.copyOf(START, near + Integer.BYTES);
            System.arraycopy(THROUGH_NEAR, 0, code, START.length, THROUGH_NEAR.length);
            put(code, near, distance, Integer.BYTES);
        } else {
            int far = START.length + THROUGH_FAR.length;
            code = Arrays.copyOf(START, far + Long.BYTES + THROUGH_FAR_END.length);
            System.arraycopy(THROUGH_FAR, 0, code, START.length, THROUGH_FAR.length);
            put(code, far, word, Long.BYTES);
            System.arraycopy(THROUGH_FAR_END, 0, code, far + Long.BYTES, THROUGH_FAR_END.length);
        }
        return code;
    }

    private static void put(byte[] code, int at, long value, int length) {
        for (int i = 0; i < length; i++) {
            code[at + i] = (byte) (value >> Byte.SIZE * i);
        }
    }

    /// Code of ours that may stand anywhere.
    long code(byte[] code) throws OutOfRange {
        return place(at -> code, 0, Long.MAX_VALUE >>> 16);
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
        long place = reserve((long) (length + UNIT - 1) / UNIT * UNIT, lowest, highest);
        memory.write(place, code.at(place));
        return place;
    }

    /// An equal one that is there, else a new one.
    private long place(LongFunction<byte[]> at, long lowest, long highest) throws OutOfRange {
        for (Chunk each : chunks) {
            for (long place : places(each, lowest, highest)) {
                byte[] code = at.apply(place);
                if (Arrays.equals(memory.read(place, code.length), code)) {
                    return place;
                }
            }
        }
        int units = (at.apply(lowest).length + UNIT - 1) / UNIT; // as many as anywhere
        long place = reserve((long) units * UNIT, lowest, highest);
        memory.write(place, at.apply(place));
        return place;
    }

    private List<Long> places(Chunk chunk, long lowest, long highest) {
        List<Long> places = new ArrayList<>();
        if (chunk.kind() == Chunk.Kind.CODE) {
            long next = chunk.address() + memory.word(chunk.address() + Chunk.NEXT);
            for (long place = chunk.address() + Chunk.HEADER; place < next; place += UNIT) {
                if (place >= lowest && place <= highest) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    /// Room for code, taken for ever before it is written.
    private long reserve(long size, long lowest, long highest) throws OutOfRange {
        for (Chunk each : chunks) {
            if (each.kind() == Chunk.Kind.CODE) {
                long next = memory.word(each.address() + Chunk.NEXT);
                long place = each.address() + next;
                if (place >= lowest && place <= highest && next + size <= each.size()) {
                    memory.write(each.address() + Chunk.NEXT, next + size);
                    return place;
                }
            }
        }
        create(Chunk.Kind.CODE, ROOM_SIZE, lowest, highest);
        return reserve(size, lowest, highest);
    }

    /// Maps memory in the process.
    ///
    /// @throws OutOfRange     if nothing is free there
    /// @throws TraceException if no thread can do it
    Chunk create(Chunk.Kind kind, long size, long lowest, long highest) throws OutOfRange {
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
        Chunk chunk = Chunk.create(memory, found, kind, size);
        chunks.add(chunk);
        return chunk;
    }

    private static long map(BorrowedThread thread, List<Long> starts, long size) {
        long result = 0;
        for (int i = 0; i < Math.min(TRIES, starts.size()); i++) {
            result = thread.call(
                    SYS_MMAP,
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
                thread.call(SYS_MUNMAP, result, size); // an old kernel took the address for a hint
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
