package dev.repoint.linux.ledger;

import dev.repoint.linux.ptrace.RemoteMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The moment at which a patch comes into effect: all of its slots have their new targets by the store of one word.
public final class SlotFlip {

    private final RemoteMemory memory;
    private final SlotTables tables;
    private final long table;
    private final MemorySegment now;
    private final MemorySegment next;

    /// @param table that will count
    SlotFlip(RemoteMemory memory, SlotTables tables, long table, Arena arena) {
        this.memory = memory;
        this.tables = tables;
        this.table = table;
        this.now = arena.allocateFrom(ValueLayout.JAVA_LONG, tables.current());
        this.next = arena.allocateFrom(ValueLayout.JAVA_LONG, table);
    }

    /// Has the kernel map the page for writing.
    public void touch() {
        memory.write(tables.word(), now);
    }

    /// Makes it so.
    public void flip() {
        memory.write(tables.word(), next);
        tables.flipped(table);
    }
}
