package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.TargetSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The one place where the target of a patchable method is kept, whoever links to it: its entry, and the bridges of
/// its callers. Applications use [dev.repoint.PatchableMethod] in front of it.
///
/// All of them share one call site. In constant mode its target is a method handle that returns the target object,
/// a constant to the compiler; changing it makes the compiled callers invalid. In pointer mode its target reads the
/// volatile field [#current]; changing that field is all there is to a change.
///
/// Thread-safe. Whatever runs code of the application (finding and initialising a target's class) happens before the
/// lock is taken; under the lock nothing is called but [MutableCallSite#setTarget].
public final class Point {

    /// What gives the default: a constant null.
    static final MethodHandle DEFAULT_TARGET = MethodHandles.zero(Object.class);

    private static final MethodHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findGetter(Point.class, "current", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Set<Asking> ASKING = ConcurrentHashMap.newKeySet();

    private final Class<?> owner;
    private final Key key;
    private final MutableCallSite site = new MutableCallSite(DEFAULT_TARGET);
    private final Deque<Layer> layers = new ArrayDeque<>();
    private volatile @Nullable Object current;
    private volatile Target target = Target.DEFAULT;
    private volatile Mode mode = Mode.CONSTANT;
    private volatile MethodHandles.@Nullable Lookup entry;
    private volatile boolean woven;
    private volatile String note = "";
    private Target base = Target.DEFAULT;
    private boolean modeChosen;
    private volatile boolean policyDone;
    private int siteLinks;
    private long changes;

    /// A thread that is finding the target which the policy names for a point.
    private record Asking(Point point, Thread thread) {}

    /// An override that is open.
    static final class Layer {
        final Target target;

        Layer(Target target) {
            this.target = target;
        }
    }

    Point(Class<?> owner, Key key) {
        this.owner = owner;
        this.key = key;
    }

    Key key() {
        return key;
    }

    Class<?> owner() {
        return owner;
    }

    // --- links

    CallSite linkEntry(MethodHandles.Lookup caller, boolean pointer) {
        synchronized (this) {
            entry = caller;
            woven = true;
            if (pointer && !modeChosen) {
                switchTo(Mode.POINTER);
            }
        }
        askPolicy();
        return site;
    }

    CallSite linkSite() {
        synchronized (this) {
            siteLinks++;
        }
        askPolicy();
        return site;
    }

    /// What gives the target, for a call site in front of the shared one.
    MethodHandle shared() {
        return site.dynamicInvoker();
    }

    /// The target object now, or null for the default.
    @Nullable Object current() {
        return current;
    }

    /// Notes that the method's entry is woven, before it is first called.
    void declareEntry() {
        woven = true;
    }

    boolean hasEntry() {
        return woven;
    }

    MethodHandles.@Nullable Lookup entryLookup() {
        return entry;
    }

    synchronized boolean isLinked() {
        return entry != null || siteLinks > 0;
    }

    /// Whether there is something to tell about this point: it is linked, can be, or was set.
    boolean isKnown() {
        return woven || changes() > 0 || isLinked();
    }

    // --- what applications ask

    Mode mode() {
        return mode;
    }

    Target target() {
        return target;
    }

    synchronized int links() {
        return siteLinks + (entry == null ? 0 : 1);
    }

    synchronized long changes() {
        return changes;
    }

    synchronized PatchableState state() {
        ClassLoader loader = owner.getClassLoader();
        return new PatchableState(key, target.name(), mode, links(), changes,
                loader == null ? "bootstrap" : loader.toString(), note);
    }

    // --- changes

    synchronized void mode(Mode wanted) {
        modeChosen = true;
        switchTo(wanted);
    }

    /// Leads to a target from now on; overrides that are open end.
    synchronized void set(Target wanted) {
        layers.clear();
        base = wanted;
        policyDone = true;
        note = "";
        install(wanted);
    }

    /// Leads to a target until the layer is removed or another target is set.
    synchronized Layer push(Target wanted) {
        Layer layer = new Layer(wanted);
        layers.push(layer);
        policyDone = true;
        install(wanted);
        return layer;
    }

    /// Ends an override; one that ended already is left alone.
    synchronized void remove(Layer layer) {
        boolean top = layers.peek() == layer;
        if (!layers.remove(layer) || !top) {
            return;
        }
        Layer below = layers.peek();
        install(below == null ? base : below.target);
    }

    private void install(Target wanted) {
        changes++;
        lead(wanted);
    }

    private void lead(Target wanted) {
        Object before = current;
        target = wanted;
        current = wanted.shape();
        if (mode == Mode.CONSTANT && before != current) {
            publish(constant(current));
        }
    }

    private void switchTo(Mode wanted) {
        if (mode == wanted) {
            return;
        }
        mode = wanted;
        publish(wanted == Mode.CONSTANT ? constant(current) : CURRENT.bindTo(this));
    }

    private void publish(MethodHandle gives) {
        site.setTarget(gives);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    private static MethodHandle constant(@Nullable Object shape) {
        return shape == null ? DEFAULT_TARGET : MethodHandles.constant(Object.class, shape);
    }

    /// Asks the policy before the first call: what it names is then simply what the first link returns.
    ///
    /// Threads that link at the same time each ask, and the first answer counts: none of them waits for another, as
    /// finding the target runs code of the application, which may wait for any lock.
    ///
    /// A thread that comes back here while it looks for the target, through a class initialiser or a class loader of the
    /// application, finds the default: else it would run in circles.
    private void askPolicy() {
        Asking asking = new Asking(this, Thread.currentThread());
        if (policyDone || !ASKING.add(asking)) {
            return;
        }
        try {
            applyPolicy();
        } finally {
            ASKING.remove(asking);
        }
    }

    private void applyPolicy() {
        Target wanted = Target.DEFAULT;
        String failure = "";
        try {
            TargetSpec spec = Weaving.policyFor(key);
            if (spec != null) {
                wanted = NamedTargets.of(Signature.of(this), spec, owner.getClassLoader());
            }
        } catch (PatchException e) {
            failure = "policy not applied: " + e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            failure = "policy not applied: " + e; // a class loader of the application may throw anything
        }
        synchronized (this) {
            if (policyDone) {
                return;
            }
            policyDone = true;
            note = failure;
            base = wanted;
            lead(wanted);
        }
        if (!failure.isEmpty()) {
            System.getLogger("dev.repoint").log(System.Logger.Level.ERROR, key + " keeps its default: " + failure);
        }
    }
}
