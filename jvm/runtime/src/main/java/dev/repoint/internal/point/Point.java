package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchableState;
import dev.repoint.internal.report.ChangeRecord;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// The one place where the target of a patchable method is kept, whoever links to it: its entry, and the
/// bridges of its callers. Applications use [dev.repoint.PatchableMethod] in front of it. [PatchCommit] changes it.
///
/// Thread-safe. Whatever runs code of the application (finding and initialising a target's class) happens
/// before [PatchLock#LOCK] is taken.
public final class Point implements Choosable, Watched {

    private final Class<?> owner;
    private final Key key;
    private final TargetSwitch answer = new TargetSwitch();
    private volatile BoundTarget target = BoundTarget.DEFAULT;
    private volatile Mode mode = Mode.CONSTANT;
    private volatile MethodHandles.@Nullable Lookup entry;
    private volatile boolean woven;
    private volatile int fingerprint;
    private volatile int expected;
    private volatile Choice choice = Choice.UNDECIDED;

    // What follows is guarded by PatchLock.LOCK.
    private int siteLinks;
    private long changes;
    private @Nullable Layer top;
    private @Nullable BoundTarget awaited;
    private final ChangeRate rate = new ChangeRate();
    private boolean modeChosen;
    private String modeReason = "";
    private long lastChange;

    Point(Class<?> owner, Key key) {
        this.owner = owner;
        this.key = key;
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

    /// Notes that the entry links.
    ///
    /// @param pointer whether it is in pointer mode at first
    /// @param of the fingerprint of the class file that was woven, or 0 if it is not known
    /// @return what gives the target
    public CallSite linkEntry(MethodHandles.Lookup caller, boolean pointer, int of) {
        synchronized (PatchLock.LOCK) {
            entry = caller;
            fingerprint = of == 0 ? fingerprint : of;
            woven = true;
            if (pointer && !modeChosen) {
                mode(Mode.POINTER);
            }
        }
        return answer.site();
    }

    /// The fingerprint of the class file that was woven, or 0 if the entry has not linked.
    public int fingerprint() {
        return fingerprint;
    }

    /// Notes from which class file a copy of the body was made before the entry links.
    public void expect(int of) {
        expected = of;
    }

    /// Whether a copy of the body was made from another class file than the one that was loaded.
    public boolean isOfAnotherFile() {
        return expected != 0 && fingerprint != 0 && expected != fingerprint;
    }

    /// Notes that the calls of one class link.
    ///
    /// @return what gives the target
    public CallSite linkSite() {
        synchronized (PatchLock.LOCK) {
            siteLinks++;
        }
        return answer.site();
    }

    /// What gives the target, for a call site in front of the shared one.
    public MethodHandle shared() {
        return answer.site().dynamicInvoker();
    }

    /// The target object now, or null for the default.
    public @Nullable Object now() {
        return answer.now();
    }

    /// Notes that the method's entry is woven, before it is first called.
    public void declareEntry() {
        woven = true;
    }

    public boolean hasEntry() {
        return woven;
    }

    public MethodHandles.@Nullable Lookup entryLookup() {
        return entry;
    }

    public boolean isLinked() {
        synchronized (PatchLock.LOCK) {
            return links() > 0;
        }
    }

    @Override
    public boolean isKnown() {
        synchronized (PatchLock.LOCK) {
            return woven || changes > 0 || links() > 0;
        }
    }

    // --- what applications ask

    @Override
    public Mode mode() {
        return mode;
    }

    public BoundTarget target() {
        return target.now();
    }

    @Override
    public PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        String described = loader == null ? "bootstrap" : loader.toString(); // code of the application
        synchronized (PatchLock.LOCK) {
            boolean unsettled = mode == Mode.CONSTANT && !answer.isConstant();
            String gone = target.shape() instanceof WeakTarget fading ? fading.note() : "";
            String note = gone.isEmpty() ? choice.note() : gone;
            String around = goesAround() && gone.isEmpty() ? "its default, as it leads back here" : "";
            return new PatchableState(
                    key,
                    target().name(),
                    unsettled ? Mode.POINTER : mode,
                    unsettled ? "until it is changed again" : modeReason,
                    links(),
                    changes,
                    described,
                    note.isEmpty() || around.isEmpty() ? note + around : around + "; " + note);
        }
    }

    private int links() {
        return siteLinks + (entry == null ? 0 : 1);
    }

    // --- the mode

    /// Chooses the mode: it no longer changes by itself.
    @Override
    public void mode(Mode wanted) {
        synchronized (PatchLock.LOCK) {
            modeChosen = true;
            lead(wanted, "");
        }
    }

    /// Notes a change of a constant.
    ///
    /// @param cost nanoseconds that it took to make compiled callers invalid
    /// @return whether constants do not pay: then it is in pointer mode from now on
    boolean isTooOften(long cost) {
        if (mode != Mode.CONSTANT || modeChosen || !rate.isFullAfter(lastChange, cost, Thresholds.HERE)) {
            return false;
        }
        mode = Mode.POINTER;
        modeReason = rate.isCostly() ? "costly to change" : "often changed";
        return true;
    }

    @Override
    public long calm(long now, long quiet) {
        synchronized (PatchLock.LOCK) {
            long left = modeReason.isEmpty() ? 0 : Math.max(0, lastChange + quiet - now);
            if (left == 0 && !modeReason.isEmpty()) {
                rate.empty();
                lead(Mode.CONSTANT, "");
            }
            return left;
        }
    }

    private void lead(Mode wanted, String reason) {
        answer.constant(wanted == Mode.CONSTANT);
        mode = wanted;
        modeReason = reason;
    }

    // --- cycles, guarded by PatchLock.LOCK

    /// What it was told to lead to. What it leads to calls the default of the same method, where that is on a
    /// cycle.
    BoundTarget declared() {
        return top == null ? choice.target() : top.target;
    }

    /// Whether it is on a cycle.
    @SuppressWarnings("ReferenceEquality") // it leads to that object or to what stands for it
    boolean goesAround() {
        return target != declared();
    }

    /// Notes what a patch that is being prepared tells it to lead to; null for nothing.
    void awaits(@Nullable BoundTarget told) {
        awaited = told;
    }

    /// What it is told to lead to when that patch has been made.
    BoundTarget wanted() {
        return awaited == null ? declared() : awaited;
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    boolean leadsTo(BoundTarget other) {
        return target == other;
    }

    // --- the steps of a change, guarded by PatchLock.LOCK

    /// Prepares another answer, or gives null if that is the answer already.
    @SuppressWarnings("ReferenceEquality") // the answer is that object and no other
    TargetSwitch.@Nullable PendingSwitch turn(Gate gate, @Nullable Object shape) {
        boolean constant = mode == Mode.CONSTANT;
        return target.shape() == shape && constant == answer.isConstant() ? null : answer.turn(gate, shape, constant);
    }

    /// What will have changed when it leads to a target.
    ChangeRecord changing(BoundTarget wanted) {
        return new ChangeRecord(key.text(), target.name(), wanted.name(), links());
    }

    void leads(BoundTarget wanted, boolean counted) {
        target = wanted;
        if (counted) {
            changes++;
            lastChange = System.nanoTime();
        }
    }

    @Override
    public Choice choice() {
        return choice;
    }

    /// Decides for the default, unless somebody has decided. Then nothing has led elsewhere yet.
    public void leave(Choice none) {
        if (choice == Choice.UNDECIDED) {
            decide(none);
            Decisions.made(key);
        }
    }

    void decide(Choice chosen) {
        choice = chosen;
    }

    void assign(BoundTarget wanted) {
        top = null;
        choice = Choice.set(wanted);
    }

    boolean isOverridden() {
        return top != null;
    }

    void begin(Layer layer) {
        layer.below = top;
        top = layer;
        if (choice == Choice.UNDECIDED) {
            choice = Choice.set(BoundTarget.DEFAULT);
        }
    }

    void end(Layer layer) {
        if (top == layer) {
            top = layer.below;
        }
        for (Layer above = top; above != null; above = above.below) {
            if (above.below == layer) {
                above.below = layer.below;
            }
        }
        layer.below = null; // who keeps the scope keeps nothing else
    }

    boolean isTop(Layer layer) {
        return top == layer;
    }

    /// What comes to light when an override ends.
    BoundTarget below(Layer layer) {
        return layer.below == null ? choice.target() : layer.below.target;
    }

    @Override
    public BoundTarget fading(BoundTarget target, Class<?> keeper) {
        return WeakTarget.target(target, keeper);
    }

    @Override
    public boolean isDefault() {
        return target().shape() == null;
    }
}
