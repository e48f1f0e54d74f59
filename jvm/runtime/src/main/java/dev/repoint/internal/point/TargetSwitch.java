package dev.repoint.internal.point;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// What the prologues and bridges of one patchable are told when they ask for its target: null for the default,
/// or an object that stands for the target.
///
/// All of them share one call site. Where that gives a constant, the compiler inlines what it leads to, and
/// changing it makes the compiled callers invalid. Where it asks, calls pay for a volatile read, and changing
/// the answer is one volatile write.
///
/// Asking is thread-safe; all else is guarded by [PatchLock#LOCK].
public final class TargetSwitch {

    /// What gives the default: a constant null.
    public static final MethodHandle DEFAULT = MethodHandles.zero(Object.class);

    /// In place of an answer: the gate has it, or a reference to a target that may go. A constant object, as
    /// that is what compares fastest.
    private static final Object ELSEWHERE = new Object();

    private final MutableCallSite site = new MutableCallSite(DEFAULT);
    private final MutableCallSite[] sites = {site};
    private @Nullable MethodHandle asking;
    private volatile @Nullable Object current;
    private volatile Gate.@Nullable Way way;
    private volatile @Nullable WeakTarget fading;

    /// The call site that all share.
    MutableCallSite site() {
        return site;
    }

    /// The object that stands for the target now, or null for the default.
    @SuppressWarnings("ReferenceEquality") // that object and no other
    @Nullable
    Object now() {
        Object given = current;
        return given == ELSEWHERE ? elsewhere() : given;
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    private @Nullable Object elsewhere() {
        while (true) {
            Gate.Way asked = way;
            if (asked != null) {
                Object decided = asked.now();
                return decided instanceof WeakTarget held ? held.now() : decided;
            }
            WeakTarget held = fading;
            Object given = current; // settled meanwhile
            if (given != ELSEWHERE) {
                return given;
            }
            if (held != null) {
                return held.now();
            }
        }
    }

    /// Whether the compiler sees a constant.
    @SuppressWarnings("ReferenceEquality") // it asks by that handle and no other
    boolean isConstant() {
        return site.getTarget() != asking;
    }

    /// Gives a constant from now on, or asks. The answer stays.
    void constant(boolean wanted) {
        if (wanted != isConstant()) {
            publish(wanted ? giving(held()) : asking());
        }
    }

    /// Prepares another answer.
    ///
    /// @param constant whether it is to be a constant
    PendingSwitch turn(Gate gate, @Nullable Object after, boolean constant) {
        Object before = held();
        Gate.Way next = new Gate.Way(gate, before, after);
        if (!constant) {
            return new PendingSwitch(next, asking(), null, null);
        }
        return new PendingSwitch(next, asking(), isConstant() ? site.getTarget() : giving(before), giving(after));
    }

    /// The change of an answer, with all objects that it needs.
    final class PendingSwitch {

        private final Gate.Way next;
        private final MethodHandle asks;
        private final @Nullable MethodHandle gave;
        private final @Nullable MethodHandle gives;

        private PendingSwitch(
                Gate.Way next, MethodHandle asks, @Nullable MethodHandle gave, @Nullable MethodHandle gives) {
            this.next = next;
            this.asks = asks;
            this.gave = gave;
            this.gives = gives;
        }

        /// Lets the gate answer.
        void close() {
            way = next;
            current = ELSEWHERE;
            if (isConstant()) {
                publish(asks);
            }
        }

        /// Answers without the gate: as before, or anew.
        void settle(boolean made) {
            leave(made ? next.after() : next.before());
            MethodHandle constant = made ? gives : gave;
            if (constant != null) {
                publish(constant);
            }
        }

        /// Answers anew without the gate, and goes on asking.
        void settleAsking() {
            leave(next.after());
        }

        private void leave(@Nullable Object answer) {
            if (answer instanceof WeakTarget held) {
                fading = held;
                current = ELSEWHERE;
                way = null;
            } else {
                current = answer;
                way = null;
                fading = null;
            }
        }
    }

    /// What it answers while no gate does.
    @SuppressWarnings("ReferenceEquality") // that object and no other
    private @Nullable Object held() {
        Object given = current;
        return given == ELSEWHERE ? fading : given;
    }

    private MethodHandle asking() {
        MethodHandle known = asking;
        if (known == null) {
            known = Asking.NOW.bindTo(this);
            asking = known;
        }
        return known;
    }

    /// What most programs never need: a class of its own, so that it is not looked up when they start.
    private static final class Asking {

        private static final MethodHandle NOW;

        static {
            try {
                NOW = MethodHandles.lookup()
                        .findVirtual(TargetSwitch.class, "now", MethodType.methodType(Object.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Asking() {}
    }

    private void publish(MethodHandle handle) {
        site.setTarget(handle);
        MutableCallSite.syncAll(sites);
    }

    private static MethodHandle giving(@Nullable Object shape) {
        if (shape instanceof WeakTarget fading) {
            return fading.giving();
        }
        return shape == null ? DEFAULT : MethodHandles.constant(Object.class, shape);
    }
}
