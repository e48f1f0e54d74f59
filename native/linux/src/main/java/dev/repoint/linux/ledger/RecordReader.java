package dev.repoint.linux.ledger;

import dev.repoint.linux.ptrace.RemoteMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads many records with few system calls: they lie side by side, so what is around one is read with it.
final class RecordReader {

    private static final int BLOCK = 1 << 14;

    private final RemoteMemory memory;
    private final List<Chunk> chunks;
    private final Map<Long, byte[]> blocks = new HashMap<>();

    RecordReader(RemoteMemory memory, List<Chunk> chunks) {
        this.memory = memory;
        this.chunks = chunks.stream()
                .filter(each -> each.kind() == Chunk.Kind.RECORDS)
                .toList();
    }

    /// As they are, or were at an earlier read.
    byte[] read(long address, int length) {
        for (Chunk each : chunks) {
            if (address >= each.address() && address + length <= each.end()) {
                return read(each, address, length);
            }
        }
        return memory.read(address, length);
    }

    private byte[] read(Chunk chunk, long address, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            long offset = address + done - chunk.address();
            long start = chunk.address() + offset / BLOCK * BLOCK;
            byte[] block = blocks.computeIfAbsent(
                    start, absent -> memory.read(absent, (int) Math.min(BLOCK, chunk.end() - absent)));
            int from = (int) (address + done - start);
            int part = Math.min(length - done, block.length - from);
            System.arraycopy(block, from, bytes, done, part);
            done += part;
        }
        return bytes;
    }
}
