package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Points calls of methods at other methods, in all classes that see the same classes.
///
/// The changed classes need no runtime. A change of a target later has no effect on them.
///
/// Not thread-safe.
public final class DirectScope {

    private static final int UTF8 = 1;

    private final Types types;
    private final Surroundings surroundings;
    private final List<Policy> policies;
    private final List<byte[]> names = new ArrayList<>();
    private final KeyRules rules;
    private final Map<Key, KeyPlan> plans = new LinkedHashMap<>();

    /// A scope.
    ///
    /// @param policies the changes; their targets are static methods
    /// @param classes the classes that the callers see
    /// @param surroundings the program around them
    public DirectScope(List<Policy> policies, ClassSource classes, Surroundings surroundings) {
        this.types = new Types(classes);
        this.surroundings = surroundings;
        this.policies = List.copyOf(policies);
        this.rules = new KeyRules(types, surroundings, policies);
        for (Policy each : policies) {
            names.add(each.key().name().getBytes(StandardCharsets.UTF_8));
            try {
                declared(each);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw malformed(each.key().owner() + ": ", e);
            }
        }
    }

    /// Whether a class may contain a call of a change. This reads only its constants.
    ///
    /// @param classFile the class file
    /// @throws WeaveException if it is malformed
    public static boolean mayUse(byte[] classFile, List<Policy> policies) {
        try {
            for (Policy each : policies) {
                if (ClassView.contains(classFile, each.key().name().getBytes(StandardCharsets.UTF_8))) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed("", e);
        }
    }

    /// Points the calls of a class.
    ///
    /// @param classFile the class file; not changed
    /// @return the result; it has the same bytes if no call can be pointed elsewhere
    /// @throws WeaveException if the class file is malformed
    public DirectClass point(byte[] classFile) {
        try {
            ClassView view = ClassView.of(classFile);
            boolean[] named = named(view);
            if (named == null) {
                return unchanged(classFile);
            }
            References references = References.of(view, named, this::find);
            List<Key> texts = Reflection.names(view, plans.keySet());
            if (references.isEmpty()) {
                return new DirectClass(classFile, List.of(), List.of(), List.of(), texts);
            }
            CallRules calls = new CallRules(new ClassFacts(view), types, surroundings);
            return new ClassPointing(view, references, calls).run(classFile, texts);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed("", e);
        }
    }

    /// The methods of the changes that were found so far: those that their classes declare, and those that calls
    /// name.
    public List<DirectKey> keys() {
        return plans.values().stream().map(rules::describe).toList();
    }

    private static WeaveException malformed(String place, RuntimeException e) {
        return new WeaveException(place + "malformed class file: " + e.getMessage(), e);
    }

    private static DirectClass unchanged(byte[] classFile) {
        return new DirectClass(classFile, List.of(), List.of(), List.of(), List.of());
    }

    /// The strings of a class that are names of methods of the changes; null if there are none.
    private boolean @Nullable [] named(ClassView view) {
        boolean[] found = null;
        for (int i = 1; i < view.poolSize(); i++) {
            if (view.tag(i) == UTF8 && isName(view, i)) {
                found = found == null ? new boolean[view.poolSize()] : found;
                found[i] = true;
            }
        }
        return found;
    }

    private boolean isName(ClassView view, int index) {
        for (int i = 0; i < names.size(); i++) {
            if (view.isUtf8(index, names.get(i))) {
                return true;
            }
        }
        return false;
    }

    private void declared(Policy policy) {
        ClassFacts owner = types.find(policy.key().owner().replace('.', '/'));
        if (owner == null) {
            return;
        }
        for (MethodView each : owner.methods()) {
            Resolved found = new Resolved(owner, each);
            if (each.name().equals(policy.key().name()) && isMeant(policy, found)) {
                KeyPlan unused = plan(found.key(), found, found.isStatic(), policy);
            }
        }
    }

    /// A method made by a compiler matches only a pattern with its types.
    private static boolean isMeant(Policy policy, Resolved method) {
        int synthetic = 0x1000;
        return policy.key().matches(method.key())
                && ((method.method().flags() & synthetic) == 0 || policy.key().hasType());
    }

    private References.@Nullable Reference find(MemberConstant constant, boolean isInterface) {
        if (constant.owner().charAt(0) == '[') {
            return null;
        }
        Resolved method = types.method(constant.owner(), constant.name(), constant.type());
        Key key = method == null
                ? new Key(constant.owner().replace('/', '.'), constant.name(), constant.type())
                : method.key();
        for (Policy each : policies) {
            if (method == null ? each.key().matches(key) : isMeant(each, method)) {
                return new References.Reference(
                        constant, plan(key, method, method == null || method.isStatic(), each), false);
            }
        }
        for (KeyPlan each : plans.values()) {
            if (each.key().name().equals(constant.name())
                    && each.key().descriptor().equals(constant.type())
                    && each.above().contains(constant.owner())
                    && (method == null || method.isVirtual())) {
                return new References.Reference(constant, each, true);
            }
        }
        return null;
    }

    private KeyPlan plan(Key key, @Nullable Resolved method, boolean isStatic, Policy policy) {
        KeyPlan known = plans.get(key);
        if (known == null) {
            known = rules.plan(key, method, isStatic, policy);
            plans.put(key, known);
        }
        return known;
    }
}
