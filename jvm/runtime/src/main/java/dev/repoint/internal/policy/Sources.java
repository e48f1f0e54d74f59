package dev.repoint.internal.policy;

import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.Decisions;
import dev.repoint.internal.point.Gate;
import dev.repoint.internal.point.PatchLock;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.StaleChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where choices come from apart from the class loader of a patchable: the operator's policy, and the class
/// loaders whose offers were registered.
///
/// Immutable. What holds now is replaced under [PatchLock#LOCK], so that it changes at one moment with the
/// targets.
public final class Sources {

    /// No policy, and no offers but those of the patchable's class loader.
    static final Sources NONE = new Sources(OperatorPolicy.NONE, List.of());

    private static volatile @Nullable Sources now;

    private final OperatorPolicy policy;
    private final List<Registered> registered;

    private Sources(OperatorPolicy policy, List<Registered> registered) {
        this.policy = policy;
        this.registered = registered;
    }

    /// What holds now, or null before the policy file was read.
    static @Nullable Sources now() {
        return now;
    }

    /// Begins with a policy, unless there is a beginning. If points were already left as there was none, the beginning is
    /// without one.
    ///
    /// @return whether this was the beginning, with that policy
    @SuppressWarnings("ReferenceEquality") // it is that object or another
    static boolean begin(OperatorPolicy policy) {
        synchronized (PatchLock.LOCK) {
            if (now != null) {
                return false;
            }
            boolean isLate = Unchosen.end() && policy != OperatorPolicy.NONE;
            now = new Sources(isLate ? OperatorPolicy.NONE : policy, List.of());
            return !isLate;
        }
    }

    OperatorPolicy policy() {
        return policy;
    }

    List<Registered> registered() {
        return registered;
    }

    Sources with(OperatorPolicy other) {
        return new Sources(other, registered);
    }

    /// With one more class loader; those that are gone are left out.
    Sources with(Registered added) {
        List<Registered> all = new ArrayList<>(registered);
        all.removeIf(Registered::isGone);
        all.add(added);
        return new Sources(policy, List.copyOf(all));
    }

    Sources without(Registered withdrawn) {
        List<Registered> all = new ArrayList<>(registered);
        all.remove(withdrawn);
        return new Sources(policy, List.copyOf(all));
    }

    /// Leaves a point at its default, as there is nothing else, unless somebody has chosen for it. Nothing changes for its
    /// callers, so this needs no patch. Does nothing if this does not hold any more.
    @SuppressWarnings("ReferenceEquality") // it is that object or another
    void leave(Point point, Choice none) {
        Decisions.load();
        synchronized (PatchLock.LOCK) {
            if (now == this) {
                point.leave(none);
            }
        }
    }

    /// A change that is overtaken if this does not hold any more.
    public PendingChange unchanged() {
        return new Hold(this, this);
    }

    /// The change from this to another.
    PendingChange changedTo(Sources after) {
        return new Hold(this, after);
    }

    /// What holds after a change, as far as it says so.
    static @Nullable Sources heldBy(PendingChange change) {
        return change instanceof Hold hold ? hold.next : null;
    }

    private record Hold(Sources before, Sources next) implements PendingChange {

        @Override
        public boolean leads() {
            return false;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // it is that object or another
        public void prepare(Gate gate) {
            if (now != before) {
                throw new StaleChange();
            }
        }

        @Override
        public void close() {
            // It has no callers.
        }

        @Override
        public void settle(boolean made) {
            if (made) {
                now = next;
            }
        }
    }
}
