package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.Target;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the method at which the calls of a key are pointed.
///
/// @param types    the classes that the callers see
/// @param policies all changes: if the target of one is the key of another, calls go on to its target
record TargetChoice(Types types, List<Policy> policies) {

    private static final String ORIGINAL = "Ldev/repoint/Original;";

    /// Calls cannot be pointed at the target.
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Refusal(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// The methods that calls of a key lead through: the last one is what they reach. All are targets, so their own
    /// calls of the key keep their meaning.
    ///
    /// In a ring, each call reaches the default of the next.
    ///
    /// @throws Refusal if there is no such method
    List<DirectTarget> path(Key key, boolean isStatic, Target.Written target) throws Refusal {
        List<Key> keys = new ArrayList<>(List.of(key));
        List<DirectTarget> path = new ArrayList<>(List.of(choose(key, isStatic, target)));
        while (true) {
            Key last = path.get(path.size() - 1).key();
            Policy next = policyFor(last);
            if (next == null || next.target() instanceof Target.Default) {
                return path;
            }
            int ring = keys.indexOf(last);
            if (ring == 0) {
                return path.subList(0, 1);
            }
            if (ring > 0) {
                return path.subList(0, Math.min(ring + 1, path.size()));
            }
            keys.add(last);
            path.add(choose(last, true, next.target()));
        }
    }

    private @Nullable Policy policyFor(Key key) {
        for (Policy each : policies) {
            if (each.key().matches(key)) {
                return each;
            }
        }
        return null;
    }

    private DirectTarget choose(Key key, boolean isStatic, Target.Written target) throws Refusal {
        if (!(target instanceof Target.Named)) {
            throw new Refusal(
                    target instanceof Target.Default
                            ? "calls that are pointed elsewhere do not know their default; patch the original file"
                            : "'" + target + "' is no method; name a static method that does it");
        }
        Target.Named named = (Target.Named) target;
        ClassFacts owner = types.find(named.owner().replace('.', '/'));
        if (owner == null) {
            throw new Refusal("its target " + named + " has no class in it, nor in the JDK; put that into it first");
        }
        Signature wanted = Signature.of(key.descriptor());
        return choose(key, isStatic ? wanted : wanted.withReceiver(key.internalOwner()), named, owner);
    }

    private DirectTarget choose(Key key, Signature wanted, Target.Named named, ClassFacts owner) throws Refusal {
        List<Resolved> fitting = new ArrayList<>();
        Refusal last = null;
        TreeSet<String> names = new TreeSet<>();
        for (MethodView each : owner.methods()) {
            Resolved candidate = new Resolved(owner, each);
            if (each.name().charAt(0) != '<') {
                names.add(each.name());
            }
            if (!each.name().equals(named.name()) || !named.pattern().matches(candidate.key())) {
                continue;
            }
            try {
                requireFit(key, wanted, candidate);
                if (Signature.of(each.descriptor()).equals(wanted)) {
                    return new DirectTarget(candidate);
                }
                fitting.add(candidate);
            } catch (Refusal e) {
                last = e;
            }
        }
        if (fitting.size() == 1) {
            return new DirectTarget(fitting.get(0));
        }
        if (fitting.size() > 1) {
            throw new Refusal("its target " + named + " may be "
                    + fitting.get(0).key() + " or " + fitting.get(1).key() + "; write the parameters of one");
        }
        throw last != null
                ? last
                : new Refusal(
                        "its target " + named + " is not there: " + named.owner() + " has " + String.join(", ", names));
    }

    private void requireFit(Key key, Signature wanted, Resolved candidate) throws Refusal {
        Key own = candidate.key();
        if (own.equals(key)) {
            throw new Refusal("it would lead to itself");
        }
        if (candidate.method().firstParameterCarries(ORIGINAL)) {
            throw new Refusal("its target " + own
                    + " takes the original (@Original), and only Repoint makes that; let it call the method by name");
        }
        if (!candidate.isStatic()) {
            throw new Refusal("its target " + own + " is not static");
        }
        Signature given = Signature.of(own.descriptor());
        boolean fits = given.parameters().size() == wanted.parameters().size()
                && isAssignable(own, given.result(), wanted.result());
        for (int i = 0; fits && i < wanted.parameters().size(); i++) {
            fits = isAssignable(
                    own, wanted.parameters().get(i), given.parameters().get(i));
        }
        if (!fits) {
            throw new Refusal("its target " + own + " has the type " + given + ", and the calls have " + wanted
                    + "; a direct call converts nothing");
        }
    }

    private boolean isAssignable(Key target, String from, String to) throws Refusal {
        Optional<Boolean> answer = types.isAssignable(from, to);
        if (answer.isEmpty()) {
            throw new Refusal("whether its target " + target + " fits is not known: it needs a class that is not there,"
                    + " " + from.replace('/', '.') + " or one above it");
        }
        return answer.get();
    }
}
