package dev.repoint.linux.ledger;

import dev.repoint.linux.ptrace.RemoteMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The targets of all slots. One word of the process has the address of the table that counts: so one store gives any
/// number of slots their new targets, and a kill does not cut it.
final class SlotTables {

    private final RemoteMemory memory;
    private final List<Home> homes;
    private long current;

    /// @param homes by their slots; new ones are added
    SlotTables(RemoteMemory memory, List<Home> homes) {
        this.memory = memory;
        this.homes = homes;
        this.current = homes.isEmpty() ? 0 : memory.word(word());
    }

    /// The address of the word with the address of the table that counts.
    long word() {
        return homes.getFirst().current();
    }

    /// The table that counts.
    long current() {
        return current;
    }

    /// How many slots it has room for.
    int capacity() {
        return current == 0 ? 0 : home().end();
    }

    private Home home() {
        for (Home each : homes) {
            if (each.holds(current)) {
                return each;
            }
        }
        throw new IllegalStateException("no table at 0x" + Long.toHexString(current));
    }

    /// Where the target of a slot is.
    long address(int slot) {
        return current + (long) slot * Long.BYTES;
    }

    /// The targets of the first slots.
    long[] values(int count) {
        if (count == 0) {
            return new long[0];
        }
        long[] values = new long[count];
        ByteBuffer.wrap(memory.read(current, count * Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(values);
        return values;
    }

    /// Takes the largest table into use, if that is not the case: all slots keep their targets.
    void grow() {
        Home last = homes.getLast();
        if (capacity() < last.end()) {
            write(last.table(0), values(capacity()));
            memory.write(word(), last.table(0));
            current = last.table(0);
        }
    }

    /// The table that will count next, which does not now: it is written as a whole.
    ///
    /// @return its address
    long prepare(long[] values) {
        long spare = home().table(current == home().table(0) ? 1 : 0);
        write(spare, values);
        return spare;
    }

    private void write(long table, long[] values) {
        byte[] bytes = new byte[values.length * Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
        if (bytes.length > 0) {
            memory.write(table, bytes);
        }
    }

    /// Says that another table counts now.
    void flipped(long table) {
        current = table;
    }
}
