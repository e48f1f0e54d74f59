package dev.repoint.linux.ledger;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Memory of a process for some slots: their rows, and two tables that have room for these slots and all before them.
///
/// | at | what |
/// | --- | --- |
/// | 64 | in the first one, the address of the table that counts |
/// | a page | a table: the target of each slot |
/// | behind | another one |
/// | behind | a row for each slot |
///
/// @param chunk that holds it
/// @param first its first slot
/// @param end   the slot behind its last one
record Home(Chunk chunk, int first, int end) {

    /// So many slots fill a page of a table.
    private static final int UNIT = Memory.PAGE / Long.BYTES;
    private static final int CURRENT = Chunk.HEADER;
    private static final int TABLES = Memory.PAGE;

    /// All homes among chunks, by their slots.
    static List<Home> all(RemoteMemory memory, List<Chunk> chunks) {
        List<Home> all = new ArrayList<>();
        for (Chunk each : chunks) {
            if (each.kind() == Chunk.Kind.HOME) {
                all.add(of(memory, each));
            }
        }
        all.sort(Comparator.comparingInt(Home::first));
        return all;
    }

    static Home of(RemoteMemory memory, Chunk chunk) {
        long slots = memory.word(chunk.address() + Chunk.NEXT);
        return new Home(chunk, (int) (slots >>> Integer.SIZE), (int) slots);
    }

    /// What is mapped for one: as many slots as there are already.
    ///
    /// @param size in bytes
    /// @param next for the chunk
    record Wanted(long size, long next) {}

    /// The next one.
    ///
    /// @param first its first slot
    static Wanted wanted(int first) {
        int end = Math.max(UNIT, Math.multiplyExact(2, first));
        return new Wanted(
                TABLES + 2L * Long.BYTES * end + (long) Row.SIZE * (end - first), (long) first << Integer.SIZE | end);
    }

    /// Where the address of the table that counts is, if this is the first one.
    long current() {
        return chunk.address() + CURRENT;
    }

    /// Whether one of its tables is at an address.
    boolean holds(long table) {
        return table == table(0) || table == table(1);
    }

    /// One of its tables: a multiple of the size of a page.
    ///
    /// @param number 0 or 1
    long table(int number) {
        return chunk.address() + TABLES + (long) number * end * Long.BYTES;
    }

    /// Where the row of a slot is.
    long row(int slot) {
        return table(1) + (long) end * Long.BYTES + (long) Row.SIZE * (slot - first);
    }

    /// Checks that tables begin with pages.
    Home {
        if (end % UNIT != 0 || first < 0 || first >= end) {
            throw new IllegalArgumentException("slots from " + first + " to " + end);
        }
    }
}
