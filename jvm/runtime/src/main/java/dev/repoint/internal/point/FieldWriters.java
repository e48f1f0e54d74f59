package dev.repoint.internal.point;

import dev.repoint.Mode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Who reads and assigns one field at the same time. It is in one of two states:
///
/// | state | readers get | when |
/// | --- | --- | --- |
/// | open | the field, read as if it were volatile | in pointer mode; while a woven assignment is under way |
/// | closed | a constant, which is what the field holds; or what the gate of a patch decides | else |
///
/// An assignment by woven code goes through three steps:
///
/// 1. it is counted among the writers; if the field is closed, it is opened, once no patch is being made;
/// 2. the field is assigned, by the original instruction;
/// 3. it is no longer counted. The last writer that leaves closes the field again, with what it then holds.
///
/// So the constant is never in use while the field may change: no reader gets a new value and an older one
/// afterwards, and a read that starts when an assignment has ended gets that value or a later one. That holds
/// for fields that are volatile and for those that are not.
///
/// Counting is all that an assignment pays while the field is open: a writer counts itself and then looks at
/// [#open]; who closes clears [#open] and then looks at the count. One of the two sees the other. A writer that
/// was counted before a patch began may assign at any moment of it. Its assignment ends when the patch has, so
/// that it may come before the patch or after it, whichever value the field is left with.
///
/// A field that is assigned often moves to pointer mode by itself, where an assignment costs no more than the
/// counting, and comes back when it has been quiet: by the same [ChangeRate] and [Thresholds] as methods.
///
/// Thread-safe. Changed under [PatchLock#LOCK]; while it is held no code of the application runs.
final class FieldWriters implements Watched {

    private final FieldReaders readers;
    private final AtomicInteger writers = new AtomicInteger();
    private volatile boolean open = true;
    private volatile Mode mode = Mode.CONSTANT;
    /// Whether the field has been assigned since somebody looked. Only a hint of a race, and so not volatile.
    private boolean assigned;
    private volatile boolean isToBeWatched;

    // What follows is guarded by PatchLock.LOCK.
    private final ChangeRate rate = new ChangeRate();
    private boolean modeChosen;
    private String modeReason = "";
    private long lastAssigned;
    private long patched;

    FieldWriters(FieldReaders readers) {
        this.readers = readers;
    }

    // --- readers

    /// The first reader links.
    void link(FieldAccess reader, boolean pointer) {
        readers.link(reader);
        if (pointer && !modeChosen) {
            mode = Mode.POINTER;
        }
        close();
    }

    // --- writers, without the lock

    /// A writer comes: step 1.
    void enter(@Nullable Object value) {
        writers.getAndIncrement();
        if (!open) {
            synchronized (PatchLock.LOCK) {
                openFor(value);
            }
            watch();
        }
        if (!assigned) {
            assigned = true;
        }
    }

    /// A writer comes that has assigned the field already.
    void enterLate() {
        writers.getAndIncrement();
        synchronized (PatchLock.LOCK) {
            if (!open) {
                open();
            }
        }
        watch();
    }

    /// A writer has assigned: step 3. Whoever looks at the field from now on sees what was assigned.
    ///
    /// @return whether it was the last, and so has to [close][#closeAgain()]
    boolean leave() {
        return writers.decrementAndGet() == 0;
    }

    /// The last writer closes.
    void closeAgain() {
        if (open && mode == Mode.CONSTANT && readers.access() != null) {
            synchronized (PatchLock.LOCK) {
                close();
            }
        }
    }

    // --- patches

    /// Before the field is assigned. Of a patch of several keys the gate decides what readers get; else they
    /// read the field, whose assignment is the moment.
    void begin(Gate gate, @Nullable Object after) {
        assigned = true;
        boolean constant = readers.haveConstant();
        if (constant && readers.same(after, readers.constant())) {
            return;
        }
        if (!gate.isShared()) {
            if (!open) {
                open();
            }
            return;
        }
        open = false; // who assigns the field from now on waits for the patch
        long begin = System.nanoTime();
        readers.ask(gate, after);
        if (constant) {
            noteCost(begin, System.nanoTime());
        }
    }

    /// Afterwards.
    void end() {
        readers.leave();
        open = !readers.haveConstant();
        close();
    }

    /// Takes over what the field holds, whoever assigned it.
    void refresh(@Nullable Object held) {
        if (!open) {
            openFor(held);
        }
        close();
    }

    // --- open and closed

    private void openFor(@Nullable Object value) {
        if (!open && !readers.same(value, readers.constant())) {
            open();
            patched++;
        }
    }

    private void open() {
        long begin = System.nanoTime();
        readers.read();
        open = true;
        noteCost(begin, System.nanoTime());
    }

    private void close() {
        FieldAccess reader = readers.access();
        if (!open || mode != Mode.CONSTANT || reader == null) {
            return;
        }
        open = false;
        if (writers.get() != 0) {
            open = true; // the last of them closes
            return;
        }
        readers.fix(reader);
    }

    /// How many assignments that were no patch have made readers take another constant.
    long patched() {
        return patched;
    }

    // --- the mode

    Mode mode() {
        return mode;
    }

    /// Why it is in that mode, where it came to it by itself; else empty.
    String modeReason() {
        return modeReason;
    }

    void mode(Mode wanted) {
        modeChosen = true;
        modeReason = "";
        mode = wanted;
        if (wanted == Mode.CONSTANT) {
            close();
        } else if (!open) {
            open();
        }
    }

    /// Constants may not pay.
    private void noteCost(long begin, long end) {
        if (rate.isFullAfter(end, end - begin, Thresholds.HERE) && !modeChosen && mode == Mode.CONSTANT) {
            mode = Mode.POINTER;
            modeReason = rate.isCostly() ? "costly to change" : "often changed";
            lastAssigned = end;
            isToBeWatched = true;
        }
    }

    /// Has the field watched if it came to pointer mode by itself. To be called after each change, without a
    /// lock: who watches takes its own first.
    void watch() {
        if (isToBeWatched) {
            isToBeWatched = false;
            Watch.over(this);
        }
    }

    @Override
    public long calm(long now, long quiet) {
        synchronized (PatchLock.LOCK) {
            if (modeReason.isEmpty()) {
                return 0;
            }
            if (assigned) {
                assigned = false;
                lastAssigned = now;
            }
            long left = Math.max(0, lastAssigned + quiet - now);
            if (left == 0) {
                rate.empty();
                modeReason = "";
                mode = Mode.CONSTANT;
                close();
            }
            return left;
        }
    }
}
