package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.TargetSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one place that knows what the readers of a patchable field are given, whichever class they are in. Applications
/// use [dev.repoint.PatchableField] in front of it. [Changes] changes it.
///
/// The field itself stays the truth. It is in one of two states:
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
/// So the constant is never in use while the field may change: no reader gets a new value and an older one afterwards,
/// and a read that starts when an assignment has ended gets that value or a later one. That holds for fields that are
/// volatile and for those that are not.
///
/// Counting is all that an assignment pays while the field is open: a writer counts itself and then looks at [#open]; who
/// closes clears [#open] and then looks at the count. One of the two sees the other. A writer that was counted before a
/// patch began may assign at any moment of it. Its assignment ends when the patch has, so that it may come before the patch
/// or after it, whichever value the field is left with.
///
/// A field that is assigned often moves to pointer mode by itself, where an assignment costs no more than the counting, and
/// comes back when it has been quiet: by the same [Pace] and [Thresholds] as methods.
///
/// Thread-safe. Changed under [Changes#LOCK]; while it is held no code of the application runs.
final class FieldPoint implements Choosable, Watched {

    /// What [#enter] gives to a writer that could not be counted.
    static final int NOT_COUNTED = 0;

    private final Class<?> owner;
    private final Key key;
    private final FieldReaders readers;
    private final FieldOverlay overlay = new FieldOverlay();
    private final AtomicInteger writers = new AtomicInteger();
    private volatile boolean open = true;
    private volatile Mode mode = Mode.CONSTANT;
    /// Whether the field has been assigned since somebody looked. Only a hint of a race, and so not volatile.
    private boolean assigned;
    private volatile boolean isToBeWatched;

    // What follows is guarded by Changes.LOCK.
    private final Pace pace = new Pace();
    private boolean modeChosen;
    private String modeReason = "";
    private long lastAssigned;
    private int links;
    private long changes;
    private @Nullable FieldAccess assigner;

    FieldPoint(Class<?> owner, Key key) {
        this.owner = owner;
        this.key = key;
        this.readers = new FieldReaders(key.descriptor());
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Class<?> owner() {
        return owner;
    }

    // --- links

    /// Gives readers their constant. Called when the class is initialised.
    void link(FieldAccess reader, boolean pointer, Class<?> caller) {
        LinkReport report = Reports.linking();
        synchronized (Changes.LOCK) {
            links++;
            if (readers.access() == null) {
                readers.link(reader);
                if (pointer && !modeChosen) {
                    mode = Mode.POINTER;
                }
                close();
            }
        }
        if (report != null) {
            report.linked(LinkKind.SITE, caller, state());
        }
    }

    /// What gives the value, once there is a link.
    MutableCallSite site() {
        return readers.site();
    }

    /// Whether woven code has read the field, so that there is a site to keep right.
    boolean isLinked() {
        return readers.access() != null;
    }

    @Override
    public boolean isKnown() {
        synchronized (Changes.LOCK) {
            return links > 0 || changes > 0;
        }
    }

    // --- assignments by woven code

    /// Step 1.
    ///
    /// @return what [#leave] is to be given
    int enter(@Nullable Object value) {
        writers.getAndIncrement();
        if (!open) {
            openFor(value);
            watch();
        }
        if (!assigned) {
            assigned = true;
        }
        return overlay.begun();
    }

    /// Step 3.
    void leave(int ticket) {
        if (ticket == NOT_COUNTED) {
            writers.getAndIncrement();
            reopen();
            watch();
        }
        boolean last = writers.decrementAndGet() == 0; // whoever looks at the field from now on sees what was assigned
        Changes.awaitPatch();
        if (overlay.stands()) {
            endOverlay(ticket);
        }
        if (last && open && mode == Mode.CONSTANT && isLinked()) {
            closeAgain();
        }
    }

    private void openFor(@Nullable Object value) {
        synchronized (Changes.LOCK) {
            if (!open && !readers.same(value, readers.constant())) {
                open();
                changes++;
            }
        }
    }

    private void reopen() {
        synchronized (Changes.LOCK) {
            if (!open) {
                open();
            }
        }
    }

    private void closeAgain() {
        synchronized (Changes.LOCK) {
            close();
        }
    }

    /// The program has assigned the field, so what was set through the runtime does not stand any more. Where that was
    /// set while the assignment was under way, the field tells which of them was the last.
    private void endOverlay(int ticket) {
        synchronized (Changes.LOCK) {
            FieldAccess known = readers.access();
            FieldValue standing = FieldValue.of(overlay.standing());
            boolean overtaken = ticket != NOT_COUNTED && ticket != overlay.begun() && known != null
                    && standing != null && readers.same(known.get(), standing.value());
            if (overlay.stands() && !overtaken) {
                overlay.drop();
            }
        }
    }

    // --- the steps of a change, guarded by Changes.LOCK

    /// Before the field is assigned. Of a patch of several keys the gate decides what readers get; else they read the
    /// field, whose assignment is the moment.
    void begin(Gate gate, FieldValue after) {
        assigned = true;
        if (!gate.isShared()) {
            if (!open && !readers.same(after.value(), readers.constant())) {
                open();
            }
            return;
        }
        boolean constant = readers.haveConstant();
        if (constant && readers.same(after.value(), readers.constant())) {
            return;
        }
        open = false; // who assigns the field from now on waits for the patch
        long begin = System.nanoTime();
        readers.ask(gate, after.value());
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

    /// Notes who may assign the field.
    void by(FieldAccess access) {
        assigner = access;
    }

    void count() {
        changes++;
    }

    FieldOverlay overlay() {
        return overlay;
    }

    int links() {
        return links;
    }

    // --- changes that are no patch

    /// Takes over what the field holds, whoever assigned it.
    void refresh(FieldAccess by) {
        synchronized (Changes.LOCK) {
            @Nullable Object held = by.get();
            FieldValue standing = FieldValue.of(overlay.standing());
            if (standing != null && !readers.same(held, standing.value())) {
                overlay.drop();
            }
            if (!open && !readers.same(held, readers.constant())) {
                open();
                changes++;
            }
            close();
        }
    }

    void mode(Mode wanted) {
        synchronized (Changes.LOCK) {
            modeChosen = true;
            modeReason = "";
            mode = wanted;
            if (wanted == Mode.CONSTANT) {
                close();
            } else if (!open) {
                open();
            }
        }
    }

    // --- open and closed

    private void open() {
        long begin = System.nanoTime();
        readers.read();
        open = true;
        noteCost(begin, System.nanoTime());
    }

    /// Constants may not pay.
    private void noteCost(long begin, long end) {
        if (pace.isFullAfter(end, end - begin, Thresholds.HERE) && !modeChosen && mode == Mode.CONSTANT) {
            mode = Mode.POINTER;
            modeReason = pace.isCostly() ? "costly to change" : "often changed";
            lastAssigned = end;
            isToBeWatched = true;
        }
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

    /// Has the point watched if it came to pointer mode by itself. To be called after each change, without a lock: who
    /// watches takes its own first.
    void watch() {
        if (isToBeWatched) {
            isToBeWatched = false;
            Watch.over(this);
        }
    }

    @Override
    public long calm(long now, long quiet) {
        synchronized (Changes.LOCK) {
            if (modeReason.isEmpty()) {
                return 0;
            }
            if (assigned) {
                assigned = false;
                lastAssigned = now;
            }
            long left = Math.max(0, lastAssigned + quiet - now);
            if (left == 0) {
                pace.empty();
                modeReason = "";
                mode = Mode.CONSTANT;
                close();
            }
            return left;
        }
    }

    // --- what policies and offers choose

    @Override
    public Choice choice() {
        return overlay.choice();
    }

    @Override
    public Target target(TargetSpec spec, @Nullable ClassLoader loader) {
        return spec instanceof TargetSpec.Default
                ? Target.DEFAULT
                : FieldValue.target(FieldValues.of(key, FieldValues.typeOf(owner, key), spec, loader));
    }

    @Override
    public Target target(MethodHandle handle, String name) {
        return FieldValue.target(FieldValues.ofHandle(key, FieldValues.typeOf(owner, key), handle, name));
    }

    @Override
    public Target fading(Target target, Class<?> keeper) {
        return target; // the field itself holds the value
    }

    @Override
    public Wish wish(Supplier<Target> finds) {
        return new Wish.OfField(this, access(), finds);
    }

    @Override
    public Change change(Choice before, Choice after) {
        return new FieldChange.Choose(this, access(), before, after);
    }

    /// How whoever has read or set it before assigns the field.
    ///
    /// @throws PatchException if nobody has
    private FieldAccess access() {
        FieldAccess reader = readers.access();
        FieldAccess by;
        synchronized (Changes.LOCK) {
            by = reader == null ? assigner : reader;
        }
        if (by == null) {
            throw new PatchException(key + " has been neither read nor set yet");
        }
        return by;
    }

    // --- what applications ask

    Mode mode() {
        return mode;
    }

    @Override
    public boolean isDefault() {
        return !overlay.stands();
    }

    String targetName() {
        synchronized (Changes.LOCK) {
            return overlay.standing().name();
        }
    }

    PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        String described = loader == null ? "bootstrap" : loader.toString(); // code of the application
        synchronized (Changes.LOCK) {
            String chosen = choice().note();
            String seen = seen();
            return new PatchableState(key, targetName(), mode, modeReason, links, changes, described,
                    chosen.isEmpty() || seen.isEmpty() ? chosen + seen : chosen + "; " + seen);
        }
    }

    /// What the field holds, and whether readers get the same.
    private String seen() {
        FieldAccess reader = readers.access();
        if (reader == null) {
            return "";
        }
        @Nullable Object held = reader.get();
        String text = "holds " + FieldValues.text(held);
        return !readers.haveConstant() || readers.same(held, readers.constant())
                ? text
                : text + ", readers get " + FieldValues.text(readers.constant())
                        + ": it was assigned by code that is not woven; set it, or refresh() it";
    }
}
