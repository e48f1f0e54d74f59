package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.internal.agent.OwnClasses;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wanted method or field of each constant of one class.
final class References {

    private final Hierarchy hierarchy;
    private final ClassScanner.Wanted methods;
    private final Map<Integer, Optional<Key>> known = new HashMap<>();

    References(Hierarchy hierarchy, ClassScanner.Wanted methods) {
        this.hierarchy = hierarchy;
        this.methods = methods;
    }

    /// Whether the pool has a constant of a wanted method or field.
    boolean any(Iterable<PoolEntry> pool) {
        boolean found = false;
        for (PoolEntry entry : pool) {
            found |= entry instanceof MemberRefEntry reference && wanted(reference) != null;
        }
        return found;
    }

    /// The wanted method or field of a constant, or null.
    @Nullable
    Key wanted(MemberRefEntry reference) {
        return known.computeIfAbsent(reference.index(), unknown -> Optional.ofNullable(resolve(reference)))
                .orElse(null);
    }

    private @Nullable Key resolve(MemberRefEntry reference) {
        String name = reference.name().stringValue();
        String owner = reference.owner().asInternalName();
        if (!methods.couldBeNamed(name) || owner.startsWith("[") || OwnClasses.isNamedByWovenCode(owner)) {
            return null;
        }
        if (reference instanceof FieldRefEntry) {
            return field(owner, name, reference.type().stringValue());
        }
        String descriptor = Descriptors.checked(reference.type().stringValue());
        Member member = hierarchy.method(owner, name, descriptor, reference instanceof InterfaceMethodRefEntry);
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
