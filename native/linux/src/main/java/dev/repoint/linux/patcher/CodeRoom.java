package dev.repoint.linux.patcher;

import dev.repoint.linux.ledger.Chunk;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A chunk of code of another process, with what is known of it: it is read once, and written by one patcher. Code
/// begins at multiples of a unit.
final class CodeRoom {

    /// In bytes.
    static final int UNIT = 32;

    private final RemoteMemory memory;
    private final Chunk chunk;
    private byte[] bytes;
    private int next;
    /// Where units with these bytes begin.
    private final Map<ByteBuffer, List<Integer>> units = new HashMap<>();

    CodeRoom(RemoteMemory memory, Chunk chunk) {
        this.memory = memory;
        this.chunk = chunk;
        this.next = (int) memory.word(chunk.address() + Chunk.NEXT);
        this.bytes = memory.read(chunk.address(), next);
        know(Chunk.HEADER, next);
    }

    private void know(int from, int end) {
        for (int at = from; at < end; at += UNIT) {
            units.computeIfAbsent(unit(bytes, at), absent -> new ArrayList<>(1)).add(at);
        }
    }

    private static ByteBuffer unit(byte[] code, int at) {
        return ByteBuffer.wrap(Arrays.copyOfRange(code, at, at + UNIT));
    }

    /// So many bytes, in whole units.
    static int units(int length) {
        return (length + UNIT - 1) / UNIT * UNIT;
    }

    /// Where equal code is.
    ///
    /// @return its address; 0 if there is none there
    long find(byte[] code, long lowest, long highest) {
        byte[] padded = Arrays.copyOf(code, units(code.length));
        for (int at : units.getOrDefault(unit(padded, 0), List.of())) {
            long place = chunk.address() + at;
            boolean isEqual = at + padded.length <= Math.min(next, bytes.length)
                    && Arrays.equals(bytes, at, at + padded.length, padded, 0, padded.length);
            if (isEqual && place >= lowest && place <= highest) {
                return place;
            }
        }
        return 0;
    }

    /// Whether some code stands at an address.
    boolean has(long place, byte[] code) {
        long at = place - chunk.address();
        return at >= Chunk.HEADER
                && at + code.length <= Math.min(next, bytes.length)
                && Arrays.equals(bytes, (int) at, (int) at + code.length, code, 0, code.length);
    }

    /// Takes room, for ever, before anything is written there.
    ///
    /// @param size in bytes, in whole units
    /// @return its address; 0 if there is none between two addresses
    long reserve(int size, long lowest, long highest) {
        long place = chunk.address() + next;
        if (place < lowest || place > highest || next + size > chunk.size()) {
            return 0;
        }
        next += size;
        memory.write(chunk.address() + Chunk.NEXT, (long) next);
        return place;
    }

    /// Writes code where room was taken.
    ///
    /// @return whether it is in this chunk
    boolean write(long place, byte[] code) {
        if (place < chunk.address() || place >= chunk.end()) {
            return false;
        }
        memory.write(place, code);
        int at = (int) (place - chunk.address());
        if (next > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(chunk.size(), Math.max(next, 2L * bytes.length)));
        }
        System.arraycopy(code, 0, bytes, at, code.length);
        know(at, at + units(code.length));
        return true;
    }
}
