package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether calls of a method can be pointed elsewhere, and what is different then.
///
/// @param types        the classes that the callers see
/// @param surroundings the program around them
/// @param policies     all changes
record KeyRules(Types types, Surroundings surroundings, List<Policy> policies) {

    private static final String OWN_BOOTSTRAPS = "dev/repoint/link/";
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");
    private static final String OF_MANY_TYPES = "each call of a signature-polymorphic method has a type of its own";
    private static final int NATIVE_VARARGS = Modifier.NATIVE | 0x0080;

    /// The plan for a method.
    ///
    /// @param method where it is declared; null if its class is not found
    /// @param isStatic whether it is static
    KeyPlan plan(Key key, @Nullable Resolved method, boolean isStatic, Policy policy) {
        String refusal = method == null ? refusalOfUnknown(key) : refusal(method);
        List<DirectTarget> path = List.of();
        if (refusal == null) {
            try {
                path = new TargetChoice(types, policies).path(key, isStatic, policy.target());
            } catch (TargetChoice.Refusal e) {
                refusal = (method == null ? "its class is not there to tell more; " : "") + e.reason();
            }
        }
        return new KeyPlan(key, method, path, refusal, new OwnCode(path), method == null ? Set.of() : above(method));
    }

    /// A call of a signature-polymorphic method resolves to it, whatever its type is.
    private static @Nullable String refusalOfUnknown(Key key) {
        return POLYMORPHIC.contains(key.internalOwner()) ? OF_MANY_TYPES : null;
    }

    private static @Nullable String refusal(Resolved resolved) {
        MethodView method = resolved.method();
        if (method.name().charAt(0) == '<') {
            return "a constructor cannot be replaced: its call initialises an object that already exists";
        }
        if (POLYMORPHIC.contains(resolved.owner().name()) && (method.flags() & NATIVE_VARARGS) == NATIVE_VARARGS) {
            return OF_MANY_TYPES;
        }
        if (Modifier.isSynchronized(method.flags())) {
            return "it is synchronized, and a direct call of the target does not hold its monitor";
        }
        if (method.firstBootstrap().startsWith(OWN_BOOTSTRAPS)) {
            return "it is woven: a call that is pointed elsewhere no longer asks for the target; patch the file from"
                    + " before it was woven";
        }
        return null;
    }

    /// The supertypes of a class, and of everything below it, which are not below it themselves.
    private Set<String> above(Resolved method) {
        Set<String> above = new LinkedHashSet<>();
        if (method.isVirtual()) {
            List<String> below =
                    new Overrides(types, surroundings).below(method.owner().name());
            below.forEach(each -> above.addAll(types.withSupertypes(each)));
            below.forEach(above::remove);
        }
        return above;
    }

    /// What is not the same as before, and which calls cannot be seen.
    DirectKey describe(KeyPlan plan) {
        if (plan.refusal() != null) {
            return new DirectKey(plan.key(), null, plan.refusal(), List.of(), List.of());
        }
        return new DirectKey(plan.key(), plan.target().key(), null, differences(plan), unseen(plan));
    }

    private List<String> differences(KeyPlan plan) {
        List<String> all = new ArrayList<>();
        Resolved method = plan.method();
        if (method == null) {
            all.add("its class is not there, so its calls are compared by their types only");
            return all;
        }
        if (!method.isStatic()) {
            all.add("a call on null reaches the target, and throws no NullPointerException by itself");
        } else if (mayInitialize(plan, method.owner())) {
            all.add("a call does not initialise " + method.owner().name().replace('/', '.') + " any more");
        }
        return all;
    }

    /// Whether calls initialised a class that they do not initialise now.
    private boolean mayInitialize(KeyPlan plan, ClassFacts owner) {
        boolean isAbove = types.withSupertypes(plan.target().owner()).contains(owner.name());
        return owner.hasInitializer() && !isAbove;
    }

    private List<String> unseen(KeyPlan plan) {
        List<String> all = new ArrayList<>();
        Resolved method = plan.method();
        if (method == null) {
            return all;
        }
        for (String each : plan.above()) {
            ClassFacts type = surroundings.isInside(each) ? null : types.find(each);
            MethodView same = type == null
                    ? null
                    : type.method(method.method().name(), method.method().descriptor());
            if (same != null && !Modifier.isPrivate(same.flags()) && !Modifier.isStatic(same.flags())) {
                all.add("code outside calls it as " + each.replace('/', '.') + "." + same.name()
                        + ", and still reaches it");
            }
        }
        return all;
    }
}
