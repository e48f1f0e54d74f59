package dev.repoint.linux.ledger;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What was done to another process, remembered in that process: it ends with it, is copied with its code by
/// `fork`, and is found by every later command. It is whole at every moment at which we may be killed: what is
/// new is written where nothing refers to it, and then one word is stored that does.
///
/// Each patchable has a *slot*: its number. A [Home] holds the target of some slots and their [Row]s; when all slots
/// are used, another home is added. A record ([LedgerRecord]) holds what does not change with the target.
///
/// Rows and records are read once, and written by the only patcher of the process. Not thread-safe.
public final class Ledger {

    private static final int ROWS_AT_ONCE = 64;
    private static final long TOLD = 1;
    private static final long UNTOLD = 2;

    private final RemoteMemory memory;
    private final List<Chunk> chunks;
    private final List<Home> homes;
    private final SlotTables tables;
    private final List<Row> rows = new ArrayList<>();
    private final List<LedgerRecord> records = new ArrayList<>();
    private final Map<LedgerKey, Integer> slots = new HashMap<>();
    private final TreeSet<Integer> forgotten = new TreeSet<>();
    private final RecordSpace space = new RecordSpace();

    /// @param chunks all that the process has; those that are added later count too
    public Ledger(RemoteMemory memory, List<Chunk> chunks) {
        this.memory = memory;
        this.chunks = chunks;
        this.homes = Home.all(memory, chunks);
        this.tables = new SlotTables(memory, homes);
        readRows();
        RecordReader reader = new RecordReader(memory, chunks);
        for (int i = 0; i < rows.size(); i++) {
            long address = rows.get(i).word(Row.RECORD);
            LedgerRecord record = LedgerRecord.read(reader, address);
            records.add(record);
            space.take(address, record.bytes().length);
            know(i, record.key());
        }
    }

    /// All that are used: the first ones.
    private void readRows() {
        for (int slot = 0; slot < tables.capacity(); ) {
            Home home = home(slot);
            int count = Math.min(ROWS_AT_ONCE, home.end() - slot);
            byte[] all = memory.read(home.row(slot), count * Row.SIZE);
            for (int i = 0; i < count; i++, slot++) {
                byte[] bytes = new byte[Row.SIZE];
                System.arraycopy(all, i * Row.SIZE, bytes, 0, Row.SIZE);
                Row row = new Row(bytes);
                if (row.word(Row.RECORD) == 0) {
                    return;
                }
                rows.add(row);
            }
        }
    }

    private void know(int slot, LedgerKey key) {
        if (key.isForgotten()) {
            forgotten.add(slot);
        } else {
            slots.put(key, slot);
        }
    }

    /// What is remembered in a process; nothing if it was never patched. Nothing is stopped for it.
    ///
    /// @throws NativePatchException if there is no such process, or it may not be read
    public static List<LedgerEntry> read(long pid) {
        try (RemoteMemory memory = RemoteMemory.open(pid)) {
            return new Ledger(memory, Chunk.all(memory, Mappings.of(pid))).entries();
        } catch (IOException | CallFailedException e) {
            throw ProcessRefusal.because("", "", e);
        }
    }

    /// All rows that are used and not forgotten, by slot.
    public List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>();
        long[] values = values();
        for (int i = 0; i < values.length; i++) {
            LedgerRecord record = records.get(i);
            if (!record.key().isForgotten()) {
                Row row = rows.get(i);
                Row.Text text = row.text(values[i]);
                entries.add(new LedgerEntry(
                        record.key(),
                        text.target(),
                        row.word(Row.ENTRY),
                        values[i],
                        row.word(Row.BY_DEFAULT),
                        text.notes(),
                        text.at(),
                        record.sites(),
                        record.words()));
            }
        }
        return entries;
    }

    /// The slot of a key.
    ///
    /// @return -1 if it has none
    public int slot(LedgerKey key) {
        return slots.getOrDefault(key, -1);
    }

    /// A slot for a key: that of a forgotten one of the same name, else an unused one, else any forgotten one. A
    /// thread may keep the address of an entry in a variable for long; so the entry stays with its name while that is
    /// possible.
    ///
    /// @return -1 if another home is needed
    public int freeSlot(LedgerKey wanted) {
        for (int each : forgotten) {
            LedgerKey key = records.get(each).key();
            if (key.module().equals(wanted.module()) && key.key().equals(wanted.key())) {
                return each;
            }
        }
        if (!homes.isEmpty()) {
            tables.grow(); // one that was begun
        }
        if (rows.size() < tables.capacity()) {
            return rows.size();
        }
        return forgotten.isEmpty() ? -1 : forgotten.last();
    }

    /// What is to be mapped for another home.
    ///
    /// @return its size in bytes, and what it begins with ([Chunk#create])
    public long[] nextHome() {
        Home.Wanted wanted = Home.wanted(homes.isEmpty() ? 0 : homes.getLast().end());
        return new long[] {wanted.size(), wanted.next()};
    }

    /// Takes a new home into use.
    public void add(Chunk home) {
        homes.add(Home.of(memory, home));
        tables.grow();
    }

    /// The address of the word with the address of the table that counts.
    public long tableWord() {
        return tables.word();
    }

    /// Where the target of a slot is, until the next patch.
    public long slotAddress(int slot) {
        return tables.address(slot);
    }

    /// The target of a slot.
    public long value(int slot) {
        return memory.word(slotAddress(slot));
    }

    /// The targets of all slots.
    public long[] values() {
        return tables.values(rows.size());
    }

    /// Makes new targets ready: they count from a [SlotFlip] on.
    ///
    /// @param values of all slots
    public SlotFlip prepare(long[] values, Arena arena) {
        return new SlotFlip(memory, tables, tables.prepare(values), arena);
    }

    /// The address of the entry of a slot.
    public long entryAddress(int slot) {
        return rows.get(slot).word(Row.ENTRY);
    }

    /// The default target of the slot.
    public long byDefault(int slot) {
        return rows.get(slot).word(Row.BY_DEFAULT);
    }

    /// Sets the default target of a slot, and has it lead there.
    public void renew(int slot, long byDefault) {
        store(slot, Row.BY_DEFAULT, byDefault);
        describe(slot, byDefault, value(slot), "default", "");
        memory.write(slotAddress(slot), byDefault);
    }

    /// Whether the unwinder of the process knows the default target, which is a copy.
    public boolean isUnwound(int slot) {
        return rows.get(slot).word(Row.UNWOUND) == TOLD;
    }

    /// Says that the unwinder knows it.
    public void setUnwound(int slot) {
        store(slot, Row.UNWOUND, TOLD);
    }

    /// Whether the unwinder could not be told of some default target.
    public boolean isAnyUntold() {
        return rows.stream().anyMatch(each -> each.word(Row.UNWOUND) == UNTOLD);
    }

    /// Says that the unwinder could not be told of it.
    public void setUntold(int slot) {
        store(slot, Row.UNWOUND, UNTOLD);
    }

    /// Gives a key a slot that was free. It counts once it has a record.
    ///
    /// @param record a place that is free
    public void begin(int slot, LedgerKey key, long entry, long value, long record) {
        Row row = slot < rows.size() ? rows.get(slot) : new Row();
        memory.write(slotAddress(slot), value);
        row.word(Row.BY_DEFAULT, value);
        row.word(Row.UNWOUND, 0);
        row.word(Row.ENTRY, entry);
        row.describe(value, "default", "", value);
        memory.write(home(slot).row(slot), row.bytes());
        if (slot == rows.size()) {
            rows.add(row);
            records.add(LedgerRecord.NONE);
        }
        record(slot, new LedgerRecord(key, List.of(), List.of()), record);
    }

    /// The record of a slot.
    public LedgerRecord record(int slot) {
        return records.get(slot);
    }

    /// Where the record of a slot is.
    public long recordAddress(int slot) {
        return rows.get(slot).word(Row.RECORD);
    }

    /// Gives a slot another record: it is written as a whole, and counts then.
    ///
    /// @param address a place that is free
    public void record(int slot, LedgerRecord record, long address) {
        byte[] bytes = record.bytes();
        memory.write(address, bytes);
        long old = recordAddress(slot);
        store(slot, Row.RECORD, address);
        space.take(address, bytes.length);
        space.release(old);
        slots.remove(records.get(slot).key(), slot);
        forgotten.remove(slot);
        records.set(slot, record);
        know(slot, record.key());
    }

    /// A free place for a record.
    ///
    /// @return 0 if there is none
    public long free(LedgerRecord record) {
        return space.free(
                chunks.stream()
                        .filter(each -> each.kind() == Chunk.Kind.RECORDS)
                        .map(each -> new long[] {each.address() + Chunk.HEADER, each.end()})
                        .toList(),
                record.bytes().length);
    }

    /// Says what a target of a slot means, before the slot holds it. What the present one means stays, unless
    /// that is what is described.
    ///
    /// @param present the target that the slot has
    public void describe(int slot, long value, long present, String target, String notes) {
        Row.Placed text = rows.get(slot).describe(value, target, notes, present);
        memory.write(home(slot).row(slot) + text.offset(), text.bytes());
    }

    private void store(int slot, int offset, long value) {
        rows.get(slot).word(offset, value);
        memory.write(home(slot).row(slot) + offset, value);
    }

    private Home home(int slot) {
        for (Home each : homes) {
            if (slot < each.end()) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no slot " + slot);
    }
}
