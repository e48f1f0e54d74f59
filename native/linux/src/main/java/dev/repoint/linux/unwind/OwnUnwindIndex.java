package dev.repoint.linux.unwind;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.UnwindFrames;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.processor.LiveCode;
import java.io.IOException;
import java.util.List;

/// What the unwinder of this process asks about code of ours: an [UnwindIndex], and the code that reads it. Where the
/// unwinder cannot ask, it is told ([UnwindFrames]). Safe for use by several threads.
public final class OwnUnwindIndex {

    private static final OwnUnwindIndex INSTANCE = new OwnUnwindIndex();
    private static final long ROOM = 1 << 16;

    /// The address of the table; 0 if there is none.
    private long table;
    private long free;
    private long end;
    private boolean isPrepared;

    private OwnUnwindIndex() {}

    /// That of this process.
    public static OwnUnwindIndex instance() {
        return INSTANCE;
    }

    /// Adds code that has nothing on the stack but what its caller left there, for ever.
    public synchronized void addLeaf(LiveCode live, long start, long length) {
        byte[] frames = live.leafFrame(start, length);
        long place = put(frames);
        add(live, UnwindRange.of(start, start + length, frames, place), place);
    }

    /// Adds code, for ever.
    ///
    /// @param frames where its entries stand, with four zeros behind
    public synchronized void add(LiveCode live, UnwindRange range, long frames) {
        if (!isPrepared) {
            isPrepared = true;
            prepare(live);
        }
        if (table == 0) {
            UnwindFrames.add(frames);
        } else {
            add(range);
        }
    }

    private void add(UnwindRange range) {
        UnwindIndex.Addition addition = UnwindIndex.adding(Memory::bytes, table, List.of(range));
        long block = put(addition.block());
        Memory.word(addition.head(), block);
        Memory.word(table, addition.counter());
    }

    private long put(byte[] words) {
        if (free + words.length > end) {
            long size = Math.max(ROOM, words.length + Memory.PAGE - 1L & -Memory.PAGE);
            free = Memory.map(size, Memory.READ | Memory.WRITE);
            end = free + size;
        }
        long place = free;
        free += words.length + Long.BYTES - 1L & -Long.BYTES;
        Memory.bytes(place, words);
        return place;
    }

    /// Has the unwinder ask.
    private void prepare(LiveCode live) {
        int length = live.unwindFinder(0).length;
        if (length == 0 || !UnwindFrames.use()) {
            return;
        }
        try {
            Unwinder unwinder = Unwinder.find(ProcessHandle.current().pid());
            Mapping slots = unwinder == null ? null : Mappings.now().containing(unwinder.slot(), Long.BYTES);
            long present = unwinder == null || slots == null ? 0 : Memory.word(unwinder.slot());
            if (unwinder == null || slots == null || unwinder.isUnbound(present)) {
                return;
            }
            long words = put(UnwindIndex.table(present));
            long finder = Memory.map(length, Memory.READ | Memory.WRITE);
            Memory.bytes(finder, live.unwindFinder(words));
            Memory.protect(finder, length, Memory.READ | Memory.EXECUTE);
            table = words;
            byte[] leaf = live.leafFrame(finder, length);
            add(UnwindRange.of(finder, finder + length, leaf, put(leaf)));
            lead(unwinder.slot(), slots, finder);
        } catch (IOException | CallFailedException e) {
            table = 0; // it is told, then
        }
    }

    private static void lead(long slot, Mapping slots, long finder) {
        long page = slot & -Memory.PAGE;
        if (slots.isWritable()) {
            Memory.word(slot, finder);
        } else {
            Memory.protect(page, Memory.PAGE, Memory.READ | Memory.WRITE);
            Memory.word(slot, finder);
            Memory.protect(page, Memory.PAGE, slots.protection());
        }
    }
}
