package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.outline.Hierarchy;
import dev.repoint.weaver.outline.Member;
import dev.repoint.weaver.rules.FieldRules;
import dev.repoint.weaver.splice.ClassView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wanted method or field of each constant of one class.
final class References {

    private final ClassView view;
    private final Hierarchy hierarchy;
    private final WantedUses methods;
    private final Map<Integer, Optional<Key>> known = new HashMap<>();

    References(ClassView view, Hierarchy hierarchy, WantedUses methods) {
        this.view = view;
        this.hierarchy = hierarchy;
        this.methods = methods;
    }

    /// Whether the class has a constant of a wanted method or field.
    boolean any() {
        boolean found = false;
        for (int i = 1; i < view.poolSize(); i++) {
            int tag = view.tag(i);
            boolean isMember = tag >= ClassView.FIELD && tag <= ClassView.INTERFACE_METHOD;
            found |= isMember && wanted(i) != null;
        }
        return found;
    }

    /// The wanted method or field of a constant, or null.
    @Nullable
    Key wanted(int member) {
        return known.computeIfAbsent(member, unknown -> Optional.ofNullable(resolve(member)))
                .orElse(null);
    }

    private @Nullable Key resolve(int constant) {
        String name = view.memberName(constant);
        String owner = view.memberOwner(constant);
        if (!methods.couldBeNamed(name) || owner.startsWith("[") || OwnClasses.isNamedByWovenCode(owner)) {
            return null;
        }
        if (view.tag(constant) == ClassView.FIELD) {
            return field(owner, name, view.memberType(constant));
        }
        String descriptor = Descriptors.checked(view.memberType(constant));
        Member member = hierarchy.method(owner, name, descriptor, view.tag(constant) == ClassView.INTERFACE_METHOD);
        Key key = new Key(member.owner().replace('/', '.'), name, descriptor);
        return methods.include(key, member.isSynthetic()) ? key : null;
    }

    private @Nullable Key field(String owner, String name, String descriptor) {
        Member member = hierarchy.field(owner, name, descriptor);
        boolean patchable = !member.isFound() || FieldRules.refusal(member.flags()) == null;
        Key key = new Key(member.owner().replace('/', '.'), name, descriptor);
        return patchable && methods.include(key, member.isSynthetic()) ? key : null;
    }
}
