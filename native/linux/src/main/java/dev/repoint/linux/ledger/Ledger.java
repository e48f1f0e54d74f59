package dev.repoint.linux.ledger;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was done to another process, remembered in that process: it ends with it, is copied with its code by
/// `fork`, and is found by every later command. It is whole at every moment at which we may be killed: what is
/// new is written where nothing refers to it, and then one word is stored that does.
///
/// | at | what |
/// | --- | --- |
/// | 4096 | one page of slots: the target of each entry |
/// | 8192 | a row of 1024 bytes for each slot |
///
/// A row holds the address of its record, of its entry, the value of its slot by default, and whether the
/// unwinder of the process knows that; and, twice, what
/// a value of the slot means for people. The text that counts is the one for the value that the slot holds, so
/// a slot and its text change together by one store. A record ([LedgerRecord]) holds what does not change with
/// the target.
public final class Ledger {

    /// How many patchables it can hold: slots of one page, because only those change together when we are
    /// killed.
    static final int CAPACITY = 512;
    /// Where the slots begin.
    static final int SLOTS = 4096;
    /// The size of the slots.
    public static final int PAGE = 4096;
    /// The size of a home.
    public static final long SIZE = 8192 + CAPACITY * 1024L;

    private static final int ROWS = 8192;
    private static final int ROW = 1024;
    private static final int RECORD = 0;
    private static final int ENTRY = 8;
    private static final int BY_DEFAULT = 16;
    private static final int UNWOUND = 24;
    private static final int[] TEXTS = {64, 544};
    private static final int TEXT_HEAD = 24;
    private static final int TEXT_SIZE = 480;

    private final RemoteMemory memory;
    private final List<Chunk> chunks;
    private final @Nullable Chunk home;

    /// @param chunks all that the process has
    public Ledger(RemoteMemory memory, List<Chunk> chunks) {
        this.memory = memory;
        this.chunks = chunks;
        this.home = chunks.stream()
                .filter(each -> each.kind() == Chunk.Kind.HOME)
                .findFirst()
                .orElse(null);
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
        if (home != null) {
            ByteBuffer all = buffer(memory.read(home.address(), (int) SIZE));
            for (int i = 0; i < CAPACITY; i++) {
                if (all.getLong(row(i) + RECORD) != 0) {
                    entries.add(entry(all, i));
                }
            }
        }
        entries.removeIf(each -> each.key().isForgotten());
        return entries;
    }

    private LedgerEntry entry(ByteBuffer all, int slot) {
        int row = row(slot);
        long value = all.getLong(slotOffset(slot));
        LedgerRecord record = LedgerRecord.read(memory, all.getLong(row + RECORD));
        int text = text(all, row, value);
        long at = text == 0 ? 0 : all.getLong(text + 8);
        String target =
                text == 0 ? "0x" + Long.toHexString(value) : string(all, text + TEXT_HEAD, all.getInt(text + 16));
        String notes = text == 0 ? "" : string(all, text + TEXT_HEAD + all.getInt(text + 16), all.getInt(text + 20));
        return new LedgerEntry(
                record.key(),
                target,
                all.getLong(row + ENTRY),
                value,
                all.getLong(row + BY_DEFAULT),
                notes,
                at,
                record.sites(),
                record.words());
    }

    /// The newer text for a value; 0 if there is none.
    private static int text(ByteBuffer all, int row, long value) {
        int found = 0;
        for (int each : TEXTS) {
            int text = row + each;
            boolean fits = all.getLong(text + 8) != 0 && all.getLong(text) == value;
            if (fits && (found == 0 || all.getLong(text + 8) > all.getLong(found + 8))) {
                found = text;
            }
        }
        return found;
    }

    /// The slot of a key.
    ///
    /// @return -1 if it has none
    public int slot(LedgerKey key) {
        for (int i = 0; home != null && i < CAPACITY; i++) {
            long record = memory.word(home.address() + row(i) + RECORD);
            if (record == 0) {
                return -1;
            }
            if (LedgerRecord.read(memory, record).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /// A slot for a key: that of a forgotten one of the same name, else an unused one, else any forgotten one. A
    /// thread may keep the address of an entry in a variable for long; so the entry stays with its name while that is
    /// possible.
    ///
    /// @throws NativePatchException if all are used
    public int freeSlot(LedgerKey wanted) {
        int forgotten = -1;
        for (int i = 0; i < CAPACITY; i++) {
            long record = memory.word(homeAddress() + row(i) + RECORD);
            if (record == 0) {
                return i;
            }
            LedgerKey key = LedgerRecord.read(memory, record).key();
            if (key.isForgotten()) {
                if (key.module().equals(wanted.module()) && key.key().equals(wanted.key())) {
                    return i;
                }
                forgotten = i;
            }
        }
        if (forgotten >= 0) {
            return forgotten;
        }
        throw ProcessRefusal.of(
                "",
                CAPACITY + " patchables were set in this process already, and more cannot be"
                        + " remembered; restart it");
    }

    /// Where a slot is in the process.
    public long slotAddress(int slot) {
        return homeAddress() + slotOffset(slot);
    }

    /// The target of a slot.
    public long value(int slot) {
        return memory.word(slotAddress(slot));
    }

    /// The address of the entry of a slot.
    public long entryAddress(int slot) {
        return memory.word(homeAddress() + row(slot) + ENTRY);
    }

    /// The default target of the slot.
    public long byDefault(int slot) {
        return memory.word(homeAddress() + row(slot) + BY_DEFAULT);
    }

    /// Sets the default target of a slot.
    public void byDefault(int slot, long value) {
        memory.write(homeAddress() + row(slot) + BY_DEFAULT, value);
    }

    /// Whether the unwinder of the process knows the default target, which is a copy.
    public boolean isUnwound(int slot) {
        return memory.word(homeAddress() + row(slot) + UNWOUND) != 0;
    }

    /// Says that the unwinder knows it.
    public void setUnwound(int slot) {
        memory.write(homeAddress() + row(slot) + UNWOUND, 1);
    }

    /// Begins a row. It counts once it has a record.
    public void begin(int slot, long entry, long value) {
        memory.write(slotAddress(slot), value);
        byDefault(slot, value);
        memory.write(homeAddress() + row(slot) + UNWOUND, 0L);
        memory.write(homeAddress() + row(slot) + ENTRY, entry);
        describe(slot, value, "default", "");
    }

    /// Where the record of a slot is; 0 if it has none.
    public long record(int slot) {
        return memory.word(homeAddress() + row(slot) + RECORD);
    }

    /// Gives a slot a record that is written as a whole already.
    public void record(int slot, long address) {
        memory.write(homeAddress() + row(slot) + RECORD, address);
    }

    /// Says what a value of a slot means, before the slot holds it. What the present value means stays, unless
    /// that is what is described.
    public void describe(int slot, long value, String target, String notes) {
        ByteBuffer row = buffer(memory.read(homeAddress() + row(slot), ROW));
        int present = text(row, 0, value(slot));
        int place = text(row, 0, value);
        if (place == 0) {
            place = present == TEXTS[0] ? TEXTS[1] : TEXTS[0];
        }
        byte[] first = cut(target, TEXT_SIZE - TEXT_HEAD);
        byte[] second = cut(notes, TEXT_SIZE - TEXT_HEAD - first.length);
        byte[] text = new byte[TEXT_HEAD + first.length + second.length];
        buffer(text)
                .putLong(value)
                .putLong(System.currentTimeMillis())
                .putInt(first.length)
                .putInt(second.length)
                .put(first)
                .put(second);
        memory.write(homeAddress() + row(slot) + place, text);
    }

    private static byte[] cut(String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= length ? bytes : Arrays.copyOf(bytes, Math.max(0, length));
    }

    /// Where all records are, and how long: the rest of their chunks is free.
    public List<long[]> extents() {
        List<long[]> extents = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            long record = record(i);
            if (record == 0) {
                return extents;
            }
            extents.add(new long[] {record, memory.word(record)});
        }
        return extents;
    }

    /// All memory of ours in the process.
    List<Chunk> chunks() {
        return chunks;
    }

    /// Whether it has a home.
    public boolean exists() {
        return home != null;
    }

    private long homeAddress() {
        if (home == null) {
            throw new IllegalStateException("no ledger");
        }
        return home.address();
    }

    private static int row(int slot) {
        return ROWS + slot * ROW;
    }

    private static int slotOffset(int slot) {
        return SLOTS + slot * Long.BYTES;
    }

    private static String string(ByteBuffer all, int offset, int length) {
        byte[] bytes = new byte[length];
        all.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
