package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.TargetSpec;
import dev.repoint.internal.policy.Asking;
import dev.repoint.internal.policy.Choosing;
import dev.repoint.internal.policy.Discovery;
import dev.repoint.internal.policy.Sources;
import dev.repoint.internal.report.Changed;
import dev.repoint.internal.report.LinkKind;
import dev.repoint.internal.report.LinkReport;
import dev.repoint.internal.report.Reports;
import dev.repoint.internal.targets.NamedTargets;
import dev.repoint.internal.targets.Signature;
import dev.repoint.internal.targets.Targets;
import dev.repoint.internal.targets.Wish;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one place where the target of a patchable method is kept, whoever links to it: its entry, and the
/// bridges of its callers. Applications use [dev.repoint.PatchableMethod] in front of it. [Changes] changes it.
///
/// Thread-safe. Whatever runs code of the application (finding and initialising a target's class) happens
/// before [Changes#LOCK] is taken.
public final class Point implements Choosable, Watched {

    private final Class<?> owner;
    private final Key key;
    private final Answer answer = new Answer();
    private volatile Target target = Target.DEFAULT;
    private volatile Mode mode = Mode.CONSTANT;
    private volatile MethodHandles.@Nullable Lookup entry;
    private volatile boolean woven;
    private volatile Choice choice = Choice.UNDECIDED;

    // What follows is guarded by Changes.LOCK.
    private int siteLinks;
    private long changes;
    private @Nullable Layer top;
    private @Nullable Target awaited;
    private final Pace pace = new Pace();
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

    public CallSite linkEntry(MethodHandles.Lookup caller, boolean pointer) {
        LinkReport report = Reports.linking(owner);
        synchronized (Changes.LOCK) {
            entry = caller;
            woven = true;
            if (pointer && !modeChosen) {
                mode(Mode.POINTER);
            }
        }
        choose();
        if (report != null) {
            report.linked(LinkKind.ENTRY, owner, state());
        }
        return answer.site();
    }

    public CallSite linkSite(Class<?> caller) {
        LinkReport report = Reports.linking(caller);
        synchronized (Changes.LOCK) {
            siteLinks++;
        }
        choose();
        if (report != null) {
            report.linked(LinkKind.SITE, caller, state());
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
        synchronized (Changes.LOCK) {
            return links() > 0;
        }
    }

    @Override
    public boolean isKnown() {
        synchronized (Changes.LOCK) {
            return woven || changes > 0 || links() > 0;
        }
    }

    // --- what applications ask

    public Mode mode() {
        return mode;
    }

    public Target target() {
        return target.now();
    }

    public PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        String described = loader == null ? "bootstrap" : loader.toString(); // code of the application
        synchronized (Changes.LOCK) {
            boolean unsettled = mode == Mode.CONSTANT && !answer.isConstant();
            String gone = target.shape() instanceof Fading fading ? fading.note() : "";
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
    public void mode(Mode wanted) {
        synchronized (Changes.LOCK) {
            modeChosen = true;
            lead(wanted, "");
        }
    }

    /// Notes a change of a constant.
    ///
    /// @param cost nanoseconds that it took to make compiled callers invalid
    /// @return whether constants do not pay: then it is in pointer mode from now on
    boolean isTooOften(long cost) {
        if (mode != Mode.CONSTANT || modeChosen || !pace.isFullAfter(lastChange, cost, Thresholds.HERE)) {
            return false;
        }
        mode = Mode.POINTER;
        modeReason = pace.isCostly() ? "costly to change" : "often changed";
        return true;
    }

    @Override
    public long calm(long now, long quiet) {
        synchronized (Changes.LOCK) {
            long left = modeReason.isEmpty() ? 0 : Math.max(0, lastChange + quiet - now);
            if (left == 0 && !modeReason.isEmpty()) {
                pace.empty();
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

    // --- cycles, guarded by Changes.LOCK

    /// What it was told to lead to. What it leads to calls the default of the same method, where that is on a
    /// cycle.
    Target declared() {
        return top == null ? choice.target() : top.target;
    }

    /// Whether it is on a cycle.
    @SuppressWarnings("ReferenceEquality") // it leads to that object or to what stands for it
    boolean goesAround() {
        return target != declared();
    }

    /// Notes what a patch that is being prepared tells it to lead to; null for nothing.
    void awaits(@Nullable Target told) {
        awaited = told;
    }

    /// What it is told to lead to when that patch has been made.
    Target wanted() {
        return awaited == null ? declared() : awaited;
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    boolean leadsTo(Target other) {
        return target == other;
    }

    // --- the steps of a change, guarded by Changes.LOCK

    /// Prepares another answer, or gives null if that is the answer already.
    @SuppressWarnings("ReferenceEquality") // the answer is that object and no other
    Answer.@Nullable Turn turn(Gate gate, @Nullable Object shape) {
        boolean constant = mode == Mode.CONSTANT;
        return target.shape() == shape && constant == answer.isConstant() ? null : answer.turn(gate, shape, constant);
    }

    /// What will have changed when it leads to a target.
    Changed changing(Target wanted) {
        return new Changed(key.text(), target.name(), wanted.name(), links());
    }

    void leads(Target wanted, boolean counted) {
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

    void decide(Choice chosen) {
        choice = chosen;
    }

    void assign(Target wanted) {
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
            choice = Choice.set(Target.DEFAULT);
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
    Target below(Layer layer) {
        return layer.below == null ? choice.target() : layer.below.target;
    }

    /// Asks policies and offers before the first call: what they name is then simply what the first link
    /// returns.
    ///
    /// Threads that link at the same time each ask, and the first answer counts: none of them waits for
    /// another, as finding the target runs code of the application, which may wait for any lock.
    ///
    /// A thread that comes back here while it looks for the target, through a class initialiser or a class
    /// loader of the application, finds the default: else it would run in circles. One that comes back while it
    /// finds out what is offered at all leaves the point undecided, for [Discovery] to come back to. So does
    /// one that looks for the target of a method of the JDK: all that looking for it runs may be patchable
    /// itself, and each would ask in the midst of the other.
    public void choose() {
        if (choice != Choice.UNDECIDED || Discovery.defers(this)) {
            return;
        }
        if (Reports.isOfJdk(owner)) {
            Discovery.run(this::ask);
        } else {
            ask();
        }
    }

    private void ask() {
        Asking asking = Asking.begin(this);
        if (asking == null) {
            return;
        }
        try {
            while (choice == Choice.UNDECIDED) {
                chooseFirst(Sources.now());
            }
        } finally {
            asking.end();
        }
    }

    @Override
    public Target target(TargetSpec spec, @Nullable ClassLoader loader) {
        return NamedTargets.of(Signature.of(this), spec, loader);
    }

    @Override
    public Target target(MethodHandle handle, String name) {
        Target made = Targets.handle(Signature.of(this), handle, MethodHandles.publicLookup(), name);
        return new Target(made.shape(), name, made.handle(), made.callee());
    }

    @Override
    public Target fading(Target target, Class<?> keeper) {
        return Fading.target(target, keeper);
    }

    @Override
    public boolean isDefault() {
        return target().shape() == null;
    }

    @Override
    public Wish wish(Supplier<Target> finds) {
        return new Wish.OfMethod(this, finds);
    }

    @Override
    public Change change(Choice before, Choice after) {
        return new PointChange.Choose(this, before, after);
    }

    private void chooseFirst(Sources sources) {
        Choice first = Choosing.first(this, sources);
        try {
            Changes.make(sources.unchanged(), new PointChange.Choose(this, Choice.UNDECIDED, first));
        } catch (Overtaken e) {
            return; // the policy has changed meanwhile: it is asked once more
        } catch (PatchException e) {
            // It closes a cycle that cannot be.
            first = first.refused(String.valueOf(e.getMessage()));
            Changes.make(new PointChange.Choose(this, Choice.UNDECIDED, first));
        }
        first.log(key, choice);
    }
}
