package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.TrapLayout;
import dev.repoint.machine.trap.TrapSignal;

/// The records that the handler reads, in memory that is never freed: [TrapLayout] describes it. Changed
/// by one thread at a time, while any number of threads read it in the handler.
final class TrapTable {

    private static final int FIRST_SLOTS = 512;
    private static final long CHUNK = 1 << 18;

    private final long state;
    private long table;
    private long mask;
    private long count;
    private long next;
    private long end;

    TrapTable() {
        state = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        replace(FIRST_SLOTS);
    }

    /// The address of the state page.
    long state() {
        return state;
    }

    /// The number of patches that were made.
    long epoch() {
        return Memory.word(state + TrapLayout.EPOCH);
    }

    /// Which of the two emulations of each record counts now.
    int phase() {
        return (int) epoch() & 1;
    }

    /// Makes the other emulation of each record count: one store.
    void flip() {
        Memory.word(state + TrapLayout.EPOCH, epoch() + 1);
    }

    /// How many traps were emulated since the process began.
    long traps() {
        return Memory.word(state + TrapLayout.TRAPS);
    }

    /// How many traps were not ours.
    long foreignTraps() {
        return Memory.word(state + TrapLayout.FOREIGN);
    }

    /// The handler that gets those.
    ///
    /// @param mask the signals that are blocked for it
    void previous(TrapSignal signal, long handler, long mask) {
        Memory.word(state + signal.previousMask(), mask);
        Memory.word(state + signal.previous(), handler);
    }

    /// The record of a site; 0 if it has none yet.
    long find(long site) {
        for (long slot = TrapLayout.slot(site, mask); ; slot = slot + 1 & mask) {
            long record = Memory.word(at(slot));
            if (record == 0 || Memory.word(record) == site) {
                return record;
            }
        }
    }

    /// The record of a site, made if there is none. A new one has the first emulation in both phases.
    ///
    /// @param length of the site
    /// @param now    what it does now
    long record(long site, int length, Emulation now) {
        long known = find(site);
        if (known != 0) {
            return known;
        }
        long record = allocate();
        Memory.plainWord(record, site);
        Memory.plainWord(record + TrapLayout.NEXT, site + length);
        set(record, 0, now);
        set(record, 1, now);
        if (2 * (count + 1) > mask) {
            replace((mask + 1) * 2);
        }
        insert(record, site);
        count++;
        return record;
    }

    /// Makes room for records, so that adding them allocates nothing later.
    void reserve(int more) {
        long slots = mask + 1;
        while (slots < 2 * (count + more + 1)) {
            slots *= 2;
        }
        if (slots > mask + 1) {
            replace(slots);
        }
    }

    /// Says what a site does in a phase.
    void set(long record, int phase, Emulation emulation) {
        long at = record + TrapLayout.emulation(phase);
        Memory.plainWord(at, emulation.code());
        Memory.plainWord(at + TrapLayout.OPERAND, emulation.operand());
    }

    private long at(long slot) {
        return table + TrapLayout.SLOTS + slot * Long.BYTES;
    }

    private void insert(long record, long site) {
        long slot = TrapLayout.slot(site, mask);
        while (Memory.word(at(slot)) != 0) {
            slot = slot + 1 & mask;
        }
        Memory.word(at(slot), record);
    }

    /// Goes on with a larger table. The old one stays for those who are reading it.
    private void replace(long slots) {
        long old = table;
        long oldMask = mask;
        table = Memory.map(TrapLayout.SLOTS + slots * Long.BYTES, Memory.READ | Memory.WRITE);
        mask = slots - 1;
        Memory.plainWord(table, mask);
        for (long slot = 0; old != 0 && slot <= oldMask; slot++) {
            long record = Memory.word(old + TrapLayout.SLOTS + slot * Long.BYTES);
            if (record != 0) {
                insert(record, Memory.word(record));
            }
        }
        Memory.word(state + TrapLayout.TABLE, table);
    }

    private long allocate() {
        if (next == end) {
            next = Memory.map(CHUNK, Memory.READ | Memory.WRITE);
            end = next + CHUNK;
        }
        long record = next;
        next += TrapLayout.RECORD_SIZE;
        return record;
    }
}
