package dev.repoint.linux.patcher;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.Chunk;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.ledger.LedgerRecord;
import dev.repoint.linux.ledger.SlotFlip;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.ptrace.Patience;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.Stop;
import dev.repoint.linux.ptrace.ThreadMoves;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.ptrace.TracingThread;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Changes another process, whole or not at all, even if this process is killed on the way.
///
/// The kernel writes many pages one by one, and stops between two when the writer is killed. So a patch has
/// three phases, with all threads stopped:
///
/// 1. Every place of a patchable is redirected to its *entry*, a jump through a slot that holds the
///    current target. Cut anywhere, all calls reach their old targets.
/// 2. One word is stored, and all slots have their new targets: before it, every call of the patch reaches the old
///    target, after it the new one.
/// 3. Every place gets its last form, which needs no entry. Cut anywhere, all calls reach the new
///    targets.
///
/// Words of one patchable go through the same phases without that stop ([RunningPhases]).
///
/// One at a time for each process, by a lock on its memory. Not thread-safe.
public final class ProcessPatcher implements AutoCloseable {

    /// What a patch of another process was.
    ///
    /// @param pauseNanos    from the first interrupt to the last resume; 0 if the process was not stopped
    /// @param threads       how many threads were stopped
    /// @param borrowedNanos how long one thread was borrowed to make the changes while all others ran; 0 if none
    ///     was
    /// @param sites         how many instructions were changed
    /// @param words         how many words were changed
    /// @param changed       whether anything was
    public record Applied(long pauseNanos, int threads, long borrowedNanos, int sites, int words, boolean changed) {}

    private static final long LOCK_NANOS = 10_000_000_000L;
    private static final long LOCK_PAUSE_NANOS = 5_000_000;
    private static final long RECORDS_SIZE = 1L << 18;
    /// How often threads may be found in the middle of an instruction that changes.
    private static final int STOPS = 20;

    private final long pid;
    private final RemoteMemory memory;
    private final List<Chunk> chunks;
    private final RemoteCodeArena codeArena;
    private final RemoteCopies copies;
    private final Ledger ledger;
    private boolean isForced;

    private ProcessPatcher(long pid, RemoteMemory memory, List<Chunk> chunks) {
        this.pid = pid;
        this.memory = memory;
        this.chunks = chunks;
        this.codeArena = new RemoteCodeArena(pid, memory, Processors.remote(), chunks);
        this.copies = new RemoteCopies(pid, memory, codeArena);
        this.ledger = new Ledger(memory, chunks);
    }

    /// Opens a process that nothing is known to keep from being patched.
    ///
    /// @throws NativePatchException if its memory cannot be opened, or another patcher has opened it
    public static ProcessPatcher open(long pid) {
        RemoteMemory memory;
        try {
            memory = RemoteMemory.openForWriting(pid);
        } catch (CallFailedException e) {
            throw ProcessRefusal.cannotChange(pid, e);
        }
        try {
            long start = System.nanoTime();
            while (!memory.lock()) {
                if (System.nanoTime() - start > LOCK_NANOS) {
                    throw ProcessRefusal.of(
                            "",
                            "process " + pid + " is being patched by another Repoint; try again when that has ended");
                }
                LockSupport.parkNanos(LOCK_PAUSE_NANOS);
            }
            WarmUp.once();
            return new ProcessPatcher(pid, memory, new ArrayList<>(Chunk.all(memory, Mappings.of(pid))));
        } catch (IOException | CallFailedException e) {
            memory.close();
            throw ProcessRefusal.because("", "", e);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /// Says whether a sandbox that cannot be looked into is trusted.
    public void force(boolean isForced) {
        this.isForced = isForced;
        codeArena.force(isForced);
        copies.force(isForced);
    }

    /// Its number.
    public long pid() {
        return pid;
    }

    /// Its memory.
    public RemoteMemory memory() {
        return memory;
    }

    /// What is remembered there.
    public List<LedgerEntry> entries() {
        return asking(ledger::entries);
    }

    /// Brings veneers in the process.
    public VeneerSource veneers() {
        return codeArena;
    }

    /// A veneer that goes to the current content of a word: the default of a patchable if that is a
    /// pointer.
    ///
    /// @param pointer the address of the word
    /// @param low     the lowest address where it may be
    /// @param high    the highest one
    /// @throws OutOfRange if there is no room
    public long through(long pointer, long low, long high) throws OutOfRange {
        return codeArena.through(pointer, low, high);
    }

    /// The copy of the first instructions of a function: the same one each time.
    ///
    /// @param bias what is added to addresses of the file
    /// @return with addresses of the file
    /// @throws OutOfRange if there is no room within reach
    public MovedCopy copy(LedgerKey key, EntryModule module, EntryPatch patch, long bias) throws OutOfRange {
        int slot = asking(() -> ledger.slot(key));
        Optional<MovedCopy> known =
                slot < 0 ? Optional.empty() : asking(() -> copies.at(patch, ledger.byDefault(slot), bias));
        MovedCopy copy = known.isPresent() ? known.get() : copies.write(patch, bias);
        if (known.isEmpty() || !ledger.isUnwound(slot)) {
            copies.add(key, module, patch, copy, bias);
        }
        return copy;
    }

    /// Tells the unwinder of the process about all new copies.
    ///
    /// @return why it was not told; empty if it was
    /// @throws OutOfRange if there is no room
    public Optional<String> registerCopies() throws OutOfRange {
        try {
            return copies.register(
                    ledger.isAnyUntold() ? Patience.NONE : Patience.SHORT,
                    key -> ledger.setUnwound(ledger.slot(key)),
                    key -> ledger.setUntold(ledger.slot(key)));
        } catch (CallFailedException | TraceException e) {
            throw ProcessRefusal.because("", "", e);
        }
    }

    /// Code that undoes what the head of a function has done, and then does what an outcome says: the same one each time.
    ///
    /// @throws OutOfRange if there is no room
    public long undoing(byte[] instructions, Outcome outcome, long low, long high) throws OutOfRange {
        return codeArena.veneer(instructions, outcome, low, high);
    }

    /// The entry of a patchable: the same one each time.
    ///
    /// @param byDefault its target while nothing is set
    /// @param low       the lowest address where it may be
    /// @param high      the highest one
    /// @throws NativePatchException if there is no room
    public long entry(LedgerKey key, long byDefault, long low, long high) {
        return asking(() -> {
            int slot = ledger.slot(key);
            if (slot >= 0) {
                // No place uses the entry, unless a reset was cut short: then its old default goes on working, because
                // it is code that stays.
                if (ledger.byDefault(slot) != byDefault && ledger.value(slot) == ledger.byDefault(slot)) {
                    ledger.renew(slot, byDefault);
                }
                return ledger.entryAddress(slot);
            }
            try {
                int free = ledger.freeSlot(key);
                if (free < 0) {
                    long[] home = ledger.nextHome();
                    ledger.add(codeArena.createAnywhere(Chunk.Kind.HOME, home[0], home[1], low, high));
                    free = ledger.freeSlot(key);
                }
                long entry = codeArena.entry(ledger.tableWord(), free, low, high);
                LedgerRecord record = new LedgerRecord(key, List.of(), List.of());
                ledger.begin(free, key, entry, byDefault, place(record, low, high));
                return entry;
            } catch (OutOfRange e) {
                throw ProcessRefusal.because(key.key(), "", e);
            }
        });
    }

    /// Forgets a patchable: its module was unloaded, or loaded anew, so no place uses its entry. First
    /// it has no places any more, then it has its default. Cut between the two it is forgotten as well.
    public void forget(LedgerKey key) {
        asking(() -> {
            int slot = ledger.slot(key);
            if (slot >= 0) {
                replace(slot, new LedgerRecord(key.forgotten(), List.of(), List.of()));
                ledger.renew(slot, ledger.byDefault(slot));
            }
            return slot;
        });
    }

    /// Where a record can be put.
    private long place(LedgerRecord record, long low, long high) throws OutOfRange {
        long place = ledger.free(record);
        if (place == 0) {
            long length = record.bytes().length;
            long all = chunks.stream()
                    .filter(each -> each.kind() == Chunk.Kind.RECORDS)
                    .mapToLong(Chunk::size)
                    .sum();
            long size =
                    Math.max(Math.max(RECORDS_SIZE, all), length * 3L + Chunk.HEADER + Memory.PAGE - 1) & -Memory.PAGE;
            codeArena.createAnywhere(Chunk.Kind.RECORDS, size, Chunk.HEADER, low, high);
            place = ledger.free(record);
        }
        return place;
    }

    /// Makes all changes of a patch come into effect together.
    ///
    /// @throws NativePatchException if nothing was changed; the message says why
    public Applied apply(ProcessPatch patch) {
        return asking(() -> {
            List<KeyChange> changes = patch.changes();
            int[] slots = new int[changes.size()];
            long[] values = ledger.values();
            boolean any = false;
            for (int i = 0; i < slots.length; i++) {
                KeyChange change = changes.get(i);
                slots[i] = ledger.slot(change.key());
                if (slots[i] < 0) {
                    throw new IllegalStateException("no entry for " + change.key());
                }
                any |= change.changes() || values[slots[i]] != change.value();
            }
            for (int i = 0; i < slots.length; i++) {
                remember(slots[i], changes.get(i), values[slots[i]]);
            }
            return any ? apply(changes, slots, values) : new Applied(0, 0, 0, 0, 0, false);
        });
    }

    /// Writes down what will have been changed, before it is.
    private void remember(int slot, KeyChange change, long present) {
        LedgerRecord record = LedgerRecord.of(change);
        if (!ledger.record(slot).equals(record)) {
            replace(slot, record);
        }
        ledger.describe(slot, change.value(), present, change.target(), change.notes());
    }

    private void replace(int slot, LedgerRecord record) {
        long old = ledger.recordAddress(slot);
        try {
            ledger.record(slot, record, place(record, old + Integer.MIN_VALUE, old + Integer.MAX_VALUE));
        } catch (OutOfRange e) {
            throw ProcessRefusal.because(record.key().key(), "", e);
        }
    }

    private Applied apply(List<KeyChange> changes, int[] slots, long[] values) {
        List<KeyChange.Site> sites = new ArrayList<>();
        List<KeyChange.Word> words = new ArrayList<>();
        List<KeyChange> changing = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            if (changes.get(i).changes() || values[slots[i]] != changes.get(i).value()) {
                changing.add(changes.get(i));
                sites.addAll(changes.get(i).sites());
                words.addAll(changes.get(i).words());
            }
        }
        OptionalLong borrowed = changing.size() > 1
                ? OptionalLong.empty()
                : new RunningPhases(pid, memory, codeArena, ledger, changing.getFirst()).run();
        Stop.Taken taken = new Stop.Taken(0, 0);
        if (borrowed.isEmpty()) {
            taken = stop(changes, slots, values, sites, words);
        }
        return new Applied(
                taken.pause(),
                taken.threads(),
                borrowed.orElse(0),
                (int) sites.stream().filter(each -> each.now() != each.next()).count(),
                (int) words.stream().filter(each -> each.now() != each.next()).count(),
                true);
    }

    private Stop.Taken stop(
            List<KeyChange> changes,
            int[] slots,
            long[] values,
            List<KeyChange.Site> sites,
            List<KeyChange.Word> words) {
        try (Arena arena = Arena.ofShared()) {
            WriteImages images = new WriteImages(memory, sites, words, arena);
            long[] next = values.clone();
            for (int i = 0; i < slots.length; i++) {
                next[slots[i]] = changes.get(i).value();
            }
            SlotFlip flip = ledger.prepare(next, arena);
            images.touch();
            flip.touch();
            List<ThreadMoves.Move> moves =
                    changes.stream().flatMap(each -> each.moves().stream()).toList();
            try (ThreadMoves threadMoves = new ThreadMoves(pid, memory, moves)) {
                return stop(images, flip, threadMoves);
            }
        }
    }

    private Stop.Taken stop(WriteImages images, SlotFlip flip, ThreadMoves moves) {
        for (int i = 0; i < STOPS; i++) {
            StoppedPhases phases = new StoppedPhases(images, flip, moves);
            Stop.Taken taken = TracingThread.run(() -> Stop.during(pid, phases));
            if (phases.inside() == 0) {
                return taken;
            }
        }
        throw ProcessRefusal.of(
                "",
                "a thread of process " + pid + " was in the middle of an instruction that is to" + " change in each of "
                        + STOPS + " tries; nothing was changed");
    }

    /// Has the process load a library, in one of its threads.
    ///
    /// @throws NativePatchException if it cannot; the message is that of its loader
    public LibraryLoad.Loaded load(Path library) {
        return asking(() -> LibraryLoad.into(pid, memory, codeArena, library, isForced));
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (CallFailedException | TraceException e) {
            throw ProcessRefusal.because("", "", e);
        }
    }

    /// Lets the process go, which keeps what was done.
    @Override
    public void close() {
        memory.close();
    }
}
