package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchableState;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The one place that knows what the readers of a patchable field are given, whichever class they are in. Applications
/// use [dev.repoint.PatchableField] in front of it.
///
/// The field itself stays the truth. All readers share one call site, which is in one of two states:
///
/// | state | readers get | when |
/// | --- | --- | --- |
/// | open | the field, read as if it were volatile | in pointer mode; while a woven assignment is under way |
/// | closed | a constant, which is what the field holds | else |
///
/// An assignment goes through three steps, whether woven code makes it or the runtime:
///
/// 1. it is counted among the writers; if readers have another constant, the site is opened;
/// 2. the field is assigned, by the original instruction;
/// 3. it is no longer counted. The last writer that leaves closes the site again, with what the field then holds.
///
/// So the constant is never in use while the field may change: no reader gets a new value and an older one afterwards,
/// and a read that starts when an assignment has ended gets that value or a later one. That holds for fields that are
/// volatile and for those that are not.
///
/// Counting is all that an assignment pays while the site is open: a writer counts itself and then looks at [#open]; who
/// closes clears [#open] and then looks at the count. One of the two sees the other. The lock is taken to change the site;
/// under it no code of the application runs.
///
/// A field that is assigned often moves to pointer mode by itself, where an assignment costs no more than the counting, and
/// comes back when it has been quiet: by the same [Pace] and [Thresholds] as methods.
///
/// Thread-safe.
final class FieldPoint implements Watched {

    /// What [#enter] gives to a writer that could not be counted.
    static final int NOT_COUNTED = 0;

    private final Class<?> owner;
    private final Key key;
    private final Class<?> erased;
    private final MutableCallSite site;
    private final AtomicInteger writers = new AtomicInteger();
    private final FieldPolicy policy = new FieldPolicy(this);
    private final Deque<Layer> layers = new ArrayDeque<>();
    private final Pace pace = new Pace();
    private volatile boolean open = true;
    private volatile Mode mode = Mode.CONSTANT;
    /// Whether the field has been assigned since somebody looked. Only a hint of a race, and so not volatile.
    private boolean assigned;
    private volatile @Nullable FieldAccess access;
    private volatile String note = "";
    /// Whether a value that was set through the runtime stands; and how often that has begun.
    private volatile boolean overlaid;
    private volatile int overlays = 1;
    /// What readers have while the site is closed.
    private @Nullable Object constant;
    /// What the program gave the field last, while another value stands.
    private @Nullable Object ofProgram;
    private @Nullable Object chosen;
    private boolean isChosen;
    private boolean modeChosen;
    private String modeReason = "";
    private volatile boolean isToBeWatched;
    private long lastAssigned;
    private int links;
    private long changes;

    /// An override that is open.
    static final class Layer {
        final @Nullable Object value;

        Layer(@Nullable Object value) {
            this.value = value;
        }
    }

    FieldPoint(Class<?> owner, Key key) {
        this.owner = owner;
        this.key = key;
        this.erased = erased(key.descriptor());
        this.site = new MutableCallSite(MethodType.methodType(erased));
    }

    /// The type that woven code asks for: the primitive type itself, or `Object`.
    static Class<?> erased(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'L', '[' -> Object.class;
            default -> MethodType.fromMethodDescriptorString("()" + descriptor, null).returnType();
        };
    }

    Key key() {
        return key;
    }

    Class<?> owner() {
        return owner;
    }

    FieldPolicy policy() {
        return policy;
    }

    // --- links

    /// Gives readers their constant. Called when the class is initialised.
    synchronized void link(FieldAccess reader, boolean pointer) {
        links++;
        if (access == null) {
            access = reader;
            site.setTarget(reader.getter(erased));
            if (pointer && !modeChosen) {
                mode = Mode.POINTER;
            }
            close();
        }
    }

    /// What gives the value, once there is a link.
    MutableCallSite site() {
        return site;
    }

    /// Whether woven code has read the field, so that there is a site to keep right.
    boolean isLinked() {
        return access != null;
    }

    /// Whether there is something to tell about this point.
    synchronized boolean isKnown() {
        return links > 0 || changes > 0;
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
        return overlays;
    }

    /// Step 3.
    void leave(int ticket) {
        if (ticket == NOT_COUNTED) {
            writers.getAndIncrement();
            reopen();
            watch();
        }
        if (overlaid) {
            endOverlay(ticket);
        }
        depart();
    }

    private void depart() {
        if (writers.decrementAndGet() == 0 && open && mode == Mode.CONSTANT && access != null) {
            closeAgain();
        }
    }

    private synchronized void openFor(@Nullable Object value) {
        if (!open && !same(value, constant)) {
            open();
            changes++;
        }
    }

    private synchronized void reopen() {
        if (!open) {
            open();
        }
    }

    private synchronized void closeAgain() {
        close();
    }

    /// The program has assigned the field, so what was set through the runtime does not stand any more. Where that was
    /// set while the assignment was under way, the field tells which of them was the last.
    private synchronized void endOverlay(int ticket) {
        FieldAccess known = access;
        boolean overtaken =
                ticket != NOT_COUNTED && ticket != overlays && known != null && same(known.get(), standing());
        if (!overtaken) {
            dropOverlay();
        }
    }

    // --- changes through the runtime

    /// Assigns a value that stands until it is reset or the program assigns the field; overrides that are open end.
    ///
    /// @param by assigns the field; its class is initialised
    synchronized void set(FieldAccess by, @Nullable Object value) {
        overlay(by);
        layers.clear();
        isChosen = true;
        chosen = value;
        note = "";
        policy.done();
        change(by, value);
    }

    /// Gives the field what the program gave it last; overrides that are open end.
    synchronized void reset(FieldAccess by) {
        boolean stood = overlaid;
        Object value = ofProgram;
        dropOverlay();
        note = "";
        policy.done();
        changes++;
        if (stood) {
            assign(by, value);
        }
    }

    /// Assigns a value that stands until the layer is removed, another value is set, or the program assigns the field.
    synchronized Layer push(FieldAccess by, @Nullable Object value) {
        overlay(by);
        Layer layer = new Layer(value);
        layers.push(layer);
        policy.done();
        change(by, value);
        return layer;
    }

    /// Ends an override; one that ended already is left alone.
    synchronized void remove(FieldAccess by, Layer layer) {
        boolean top = layers.peek() == layer;
        if (!layers.remove(layer) || !top) {
            return;
        }
        Layer below = layers.peek();
        if (below != null) {
            change(by, below.value);
        } else if (isChosen) {
            change(by, chosen);
        } else {
            Object value = ofProgram;
            dropOverlay();
            change(by, value);
        }
    }

    /// Takes over what the field holds, whoever assigned it.
    synchronized void refresh(FieldAccess by) {
        @Nullable Object held = by.get();
        if (overlaid && !same(held, standing())) {
            dropOverlay();
        }
        if (!open && !same(held, constant)) {
            open();
            changes++;
        }
        close();
    }

    synchronized void mode(Mode wanted) {
        modeChosen = true;
        modeReason = "";
        mode = wanted;
        if (wanted == Mode.CONSTANT) {
            close();
        } else if (!open) {
            open();
        }
    }

    /// Sets what the policy names, unless a value was set before.
    synchronized void applyPolicy(FieldAccess by, @Nullable Object value) {
        if (policy.isDone()) {
            return;
        }
        policy.done();
        overlay(by);
        isChosen = true;
        chosen = value;
        assign(by, value);
    }

    void note(String text) {
        note = text;
    }

    private void overlay(FieldAccess by) {
        if (!overlaid) {
            ofProgram = by.get();
            overlaid = true;
        }
        int begun = overlays + 1;
        overlays = begun; // under the lock
    }

    private void dropOverlay() {
        overlaid = false;
        ofProgram = null;
        isChosen = false;
        chosen = null;
        layers.clear();
    }

    private @Nullable Object standing() {
        Layer top = layers.peek();
        return top == null ? chosen : top.value;
    }

    private void change(FieldAccess by, @Nullable Object value) {
        changes++;
        assign(by, value);
    }

    private void assign(FieldAccess by, @Nullable Object value) {
        assigned = true;
        writers.getAndIncrement(); // 1
        try {
            if (!open && !same(value, constant)) {
                open();
            }
            by.set(value); // 2
        } finally {
            writers.decrementAndGet(); // 3
        }
        close();
    }

    // --- the site

    private void open() {
        FieldAccess reader = access;
        if (reader == null) {
            throw new IllegalStateException(key + " is closed and not linked");
        }
        long begin = System.nanoTime();
        publish(reader.getter(erased));
        open = true; // now no reader uses the constant any more
        long end = System.nanoTime();
        if (pace.isFullAfter(end, end - begin, Thresholds.HERE) && !modeChosen && mode == Mode.CONSTANT) {
            mode = Mode.POINTER;
            modeReason = pace.isCostly() ? "costly to change" : "often changed";
            lastAssigned = end;
            isToBeWatched = true;
        }
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
    public synchronized long calm(long now, long quiet) {
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

    private void close() {
        FieldAccess reader = access;
        if (!open || mode != Mode.CONSTANT || reader == null) {
            return;
        }
        open = false;
        if (writers.get() != 0) {
            open = true; // the last of them closes
            return;
        }
        @Nullable Object held = reader.get();
        constant = held;
        publish(MethodHandles.constant(erased, held));
    }

    private void publish(MethodHandle gives) {
        site.setTarget(gives);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    /// Whether readers cannot tell two values apart.
    @SuppressWarnings("ReferenceEquality") // a reference is told from another by what it is, not by what it equals
    private boolean same(@Nullable Object one, @Nullable Object other) {
        if (!erased.isPrimitive() || one == null || other == null) {
            return one == other;
        }
        return switch (one) {
            case Float number -> Float.floatToRawIntBits(number) == Float.floatToRawIntBits((Float) other);
            case Double number -> Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits((Double) other);
            default -> one.equals(other);
        };
    }

    // --- what applications ask

    Mode mode() {
        return mode;
    }

    boolean isDefault() {
        return !overlaid;
    }

    synchronized int links() {
        return links;
    }

    synchronized long changes() {
        return changes;
    }

    synchronized String targetName() {
        return overlaid ? "constant:" + FieldValues.text(standing()) : "default";
    }

    synchronized PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        return new PatchableState(key, targetName(), mode, modeReason, links, changes,
                loader == null ? "bootstrap" : loader.toString(), note.isEmpty() ? seen() : note);
    }

    /// What the field holds, and whether readers get the same.
    private String seen() {
        FieldAccess reader = access;
        if (reader == null) {
            return "";
        }
        @Nullable Object held = reader.get();
        String text = "holds " + FieldValues.text(held);
        return open || same(held, constant)
                ? text
                : text + ", readers get " + FieldValues.text(constant)
                        + ": it was assigned by code that is not woven; set it, or refresh() it";
    }
}
