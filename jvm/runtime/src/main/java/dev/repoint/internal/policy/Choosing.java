package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.TargetOffer;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.report.Reported;
import dev.repoint.internal.targets.TargetResolver;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses what a point is to lead to: what the operator wants, else the best offer that is supported, else the
/// default.
///
/// This runs code of the application: class loaders, class initialisers, conditions and providers. What it
/// throws ends here.
final class Choosing {

    private Choosing() {}

    /// The choice for a point that is linked.
    static Choice first(Choosable point, Sources sources) {
        try {
            Target.Written given = Weaving.policyFor(point.key());
            if (given != null) {
                return Choice.policy(target(point, given), "");
            }
            Choice chosen = byPolicy(point, sources.policy());
            return chosen == null ? byOffers(point, sources) : chosen;
        } catch (PatchException e) {
            return Choice.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return Choice.failed(e.toString()); // a class loader of the application may throw anything
        }
    }

    /// The choice for a point after a change of the sources. Other than the first one it is refused if it is
    /// not what the operator wants.
    ///
    /// @throws PatchException if a line of the policy cannot be applied; the message names it
    static Choice again(Choosable point, Sources sources) {
        Choice chosen = byPolicy(point, sources.policy());
        if (chosen != null) {
            return chosen;
        }
        Target.Written given = Weaving.policyFor(point.key());
        return given == null ? byOffers(point, sources) : Choice.policy(target(point, given), "");
    }

    /// Checks what a policy says of a point that is not linked yet.
    ///
    /// @throws PatchException as [#again]
    static void check(Choosable point, OperatorPolicy policy) {
        Choice unused = byPolicy(point, policy);
    }

    /// What the policy file says, or null. A line with a wildcard means those methods that its target fits.
    private static @Nullable Choice byPolicy(Choosable point, OperatorPolicy policy) {
        StringBuilder passed = new StringBuilder();
        for (OperatorPolicy.Line line : policy.of(point.key())) {
            try {
                return Choice.policy(target(point, line.target()), line.place() + passed);
            } catch (PatchException e) {
                if (line.key().isExact()) {
                    throw line.refused(e);
                }
                passed.append("; not ").append(line.place()).append(": ").append(e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                throw line.refused(new PatchRefusal(point.key(), ": " + e, e));
            }
        }
        return null;
    }

    /// The target that a text names for a point, made accessible where an agent can do that.
    static BoundTarget target(Choosable point, Target.Written target) {
        Weaving.openTarget(target, point.owner().getClassLoader());
        return TargetResolver.named(point, target, point.owner().getClassLoader());
    }

    private static Choice byOffers(Choosable point, Sources sources) {
        List<Candidate> candidates = candidates(point, sources);
        if (candidates.isEmpty()) {
            String failure = sources.policy().failure();
            return failure.isEmpty()
                    ? Choice.none()
                    : Choice.offered(BoundTarget.DEFAULT, "policy not applied: " + failure, null);
        }
        candidates.sort(Choosing::bestFirst);
        Candidate chosen = null;
        BoundTarget target = BoundTarget.DEFAULT;
        List<String> others = new ArrayList<>();
        for (Candidate each : candidates) {
            String reason;
            if (chosen == null) {
                List<BoundTarget> made = new ArrayList<>(1);
                reason = refusal(each, point, made);
                if (!made.isEmpty()) {
                    chosen = each;
                    target = made.get(0);
                    continue;
                }
            } else {
                reason = each.priority() < chosen.priority() ? "lower priority" : "same priority, later name";
            }
            others.add("not " + each.name() + " (priority " + each.priority() + "): " + reason);
        }
        String what =
                chosen == null ? "no offer fits" : "offer " + chosen.name() + " (priority " + chosen.priority() + ")";
        return Choice.offered(
                target,
                others.isEmpty() ? what : what + "; " + String.join("; ", others),
                chosen == null ? null : chosen.from());
    }

    private static int bestFirst(Candidate one, Candidate other) {
        int higher = Integer.compare(other.priority(), one.priority());
        return higher != 0 ? higher : one.name().compareTo(other.name());
    }

    /// Why an offer is not taken.
    ///
    /// @param made gets its target, if it is
    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong in an offer may reach the caller of a patchable
    private static String refusal(Candidate candidate, Choosable point, List<BoundTarget> made) {
        Key key = point.key();
        try {
            String unmet = candidate.unmet();
            if (!unmet.isEmpty()) {
                return unmet;
            }
            BoundTarget target = candidate.target(point);
            @Nullable Class<?> keeper = candidate.keeper();
            made.add(
                    keeper == null
                                    || outlives(
                                            keeper.getClassLoader(),
                                            point.owner().getClassLoader())
                            ? target
                            : point.fading(target, keeper));
            return "";
        } catch (PatchException e) {
            String reason = String.valueOf(e.getMessage());
            if (!isOneOfSeveral(candidate, point)) {
                Reported.once("the offer " + candidate.name() + " for " + key + " is passed over: " + reason);
            }
            return reason;
        } catch (Throwable e) {
            Reported.once("the offer " + candidate.name() + " for " + key + " is passed over: " + e);
            return e.toString();
        }
    }

    /// Whether an offer names a method or field by its name alone, and there are several: then it need not fit
    /// all of them.
    private static boolean isOneOfSeveral(Candidate candidate, Choosable point) {
        if (candidate.key().hasParameters()) {
            return false;
        }
        int same = point.key().isField() ? 1 : 0;
        for (Method method : point.owner().getDeclaredMethods()) {
            if (method.getName().equals(point.key().name()) && !method.isBridge()) {
                same++;
            }
        }
        for (Field field : point.owner().getDeclaredFields()) {
            if (!point.key().isField() && field.getName().equals(point.key().name())) {
                same++;
            }
        }
        return same > 1;
    }

    /// Whether a loader lives at least as long as another one.
    private static boolean outlives(@Nullable ClassLoader loader, @Nullable ClassLoader other) {
        if (loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || loader == ClassLoader.getSystemClassLoader()) {
            return true;
        }
        for (ClassLoader each = other; each != null; each = each.getParent()) {
            if (each == loader) {
                return true;
            }
        }
        return false;
    }

    /// Whether a policy or an offer may name a patchable.
    ///
    /// @param loader of its class, or of a class that uses it
    static boolean mayConcern(Sources sources, Key key, @Nullable ClassLoader loader) {
        return Weaving.policyFor(key) != null
                || !sources.policy().of(key).isEmpty()
                || LoaderOffers.of(seenBy(loader)).concern(key)
                || sources.registered().stream().anyMatch(registered -> registered.concerns(key));
    }

    private static ClassLoader seenBy(@Nullable ClassLoader loader) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader()
                ? ClassLoader.getSystemClassLoader()
                : loader;
    }

    private static List<Candidate> candidates(Choosable point, Sources sources) {
        List<Candidate> found = new ArrayList<>();
        ClassLoader sees = seenBy(point.owner().getClassLoader());
        add(found, point.key(), sees, LoaderOffers.of(sees), null);
        for (Registered registered : sources.registered()) {
            for (Registered.Part part : registered.parts()) {
                ClassLoader offering = part.loader().get();
                if (offering != null) {
                    add(found, point.key(), offering, part.offers(), registered);
                }
            }
        }
        return found;
    }

    private static void add(
            List<Candidate> to, Key key, ClassLoader loader, LoaderOffers offers, @Nullable Registered from) {
        for (IndexedOffer offer : offers.indexed()) {
            if (offer.key().matches(key)) {
                to.add(new Candidate.Indexed(offer, loader, from));
            }
        }
        for (WeakReference<Class<?>> each : offers.providers()) {
            Class<?> provider = each.get();
            if (provider != null) {
                for (TargetOffer offer : LoaderOffers.ofProvider(provider)) {
                    if (offer.key().matches(key)) {
                        to.add(new Candidate.Provided(offer, provider, from));
                    }
                }
            }
        }
    }
}
