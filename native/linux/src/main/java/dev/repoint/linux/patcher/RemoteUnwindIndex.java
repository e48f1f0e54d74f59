package dev.repoint.linux.patcher;

import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteCode;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.Stop;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.ptrace.TracingThread;
import dev.repoint.linux.unwind.UnwindIndex;
import dev.repoint.linux.unwind.UnwindRange;
import dev.repoint.linux.unwind.Unwinder;
import dev.repoint.machine.instruction.OutOfRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the unwinder of another process asks about code of ours: an [UnwindIndex] there, and the code that reads it,
/// which the library finds where it looks for `_Unwind_Find_FDE`. No thread of the process has to do anything for that,
/// and none takes a lock to read it. Used by one thread at a time.
final class RemoteUnwindIndex {

    private static final long HIGHEST = Long.MAX_VALUE >>> 16;
    /// How often a thread may be found in the loader, which may be about to bind the word that changes.
    private static final int STOPS = 20;

    private final long pid;
    private final RemoteMemory memory;
    private final RemoteCodeArena codeArena;
    private final RemoteCode processor = Processors.remote();

    RemoteUnwindIndex(long pid, RemoteMemory memory, RemoteCodeArena codeArena) {
        this.pid = pid;
        this.memory = memory;
        this.codeArena = codeArena;
    }

    /// Whether an unwinder can ask.
    boolean serves(Unwinder unwinder) {
        return unwinder.slot() != 0 && processor.unwindFinder(0).length > 0;
    }

    /// Adds ranges, before anything leads there.
    ///
    /// @throws OutOfRange if there is no room
    /// @throws dev.repoint.linux.ptrace.TraceException if the process cannot be stopped
    void add(Unwinder unwinder, List<UnwindRange> ranges) throws IOException, OutOfRange {
        long present = memory.word(unwinder.slot());
        if (codeArena.has(present, processor.unwindFinder(present - UnwindIndex.TABLE))) {
            add(present - UnwindIndex.TABLE, ranges);
            return;
        }
        boolean isUnbound = unwinder.isUnbound(present);
        long finder = finder(isUnbound ? unwinder.findEntry() : present);
        List<UnwindRange> all = new ArrayList<>(ranges);
        all.add(ofFinder(finder));
        add(finder - UnwindIndex.TABLE, all);
        lead(unwinder.slot(), finder, isUnbound ? LoaderCode.of(pid) : LoaderCode.NONE);
    }

    /// A table, and the code that reads it behind that.
    private long finder(long other) throws OutOfRange {
        int length = UnwindIndex.TABLE + processor.unwindFinder(0).length;
        long table = codeArena.code(
                length,
                at -> ByteBuffer.allocate(length)
                        .put(UnwindIndex.table(other))
                        .put(processor.unwindFinder(at))
                        .array(),
                0,
                HIGHEST);
        return table + UnwindIndex.TABLE;
    }

    private UnwindRange ofFinder(long finder) throws OutOfRange {
        int length = processor.unwindFinder(0).length;
        byte[] leaf = processor.leafFrame(finder, length);
        return UnwindRange.of(finder, finder + length, leaf, codeArena.code(leaf));
    }

    private void add(long table, List<UnwindRange> ranges) throws OutOfRange {
        UnwindIndex.Addition addition = UnwindIndex.adding(memory::read, table, ranges);
        byte[] block = addition.block();
        memory.write(addition.head(), codeArena.code(block.length, _ -> block, 0, HIGHEST));
        memory.write(table, new byte[] {(byte) addition.counter()});
    }

    /// Has the library ask. The loader may be about to bind the word, if it has not yet: so no thread may be in it.
    private void lead(long slot, long finder, LoaderCode loader) {
        boolean[] isLed = {false};
        for (int i = 0; i < STOPS && !isLed[0]; i++) {
            TracingThread.run(() -> Stop.during(pid, stop -> {
                if (!stop.isAnyIn(loader.start(), loader.end())) {
                    memory.write(slot, finder);
                    isLed[0] = true;
                }
            }));
        }
        if (!isLed[0]) {
            throw new TraceException(
                    "a thread of process " + pid + " was in its loader in each of " + STOPS + " tries; try again");
        }
    }

    /// The code of the loader of the process: from its first byte up to the one behind its last.
    private record LoaderCode(long start, long end) {

        private static final LoaderCode NONE = new LoaderCode(0, 0);

        private static LoaderCode of(long pid) throws IOException {
            long base = AuxiliaryVector.of(pid).value(AuxiliaryVector.LOADER);
            Mapping first = Mappings.of(pid).containing(base, 1);
            long end = base;
            for (Mapping each : Mappings.of(pid).all()) {
                end = first != null && each.inode() == first.inode() && each.start() >= base ? each.end() : end;
            }
            return new LoaderCode(base, end);
        }
    }
}
