package dev.repoint.linux.patcher;

import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// The slots of a patch, in one page: one write changes them all, and a kill does not cut it.
final class SlotPage {

    private final RemoteMemory memory;
    private final long address;
    private final MemorySegment now;
    private final MemorySegment next;

    SlotPage(Ledger ledger, RemoteMemory memory, int[] slots, List<KeyChange> changes, Arena arena) {
        this.memory = memory;
        this.address = ledger.slotAddress(0);
        this.now = arena.allocate(Ledger.PAGE, Long.BYTES);
        memory.read(address, now);
        this.next = arena.allocate(Ledger.PAGE, Long.BYTES).copyFrom(now);
        for (int i = 0; i < slots.length; i++) {
            next.setAtIndex(ValueLayout.JAVA_LONG, slots[i], changes.get(i).value());
        }
    }

    /// Has the kernel map the page for writing.
    void touch() {
        memory.write(address, now);
    }

    /// The moment at which the patch comes into effect.
    void flip() {
        memory.write(address, next);
    }
}
