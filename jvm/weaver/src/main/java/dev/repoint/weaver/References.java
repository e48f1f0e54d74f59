package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which wanted method each constant of one class leads to.
final class References {

    private final MethodResolver resolver;
    private final Predicate<String> names;
    private final Predicate<Key> keys;
    private final Map<Integer, Optional<Key>> known = new HashMap<>();

    /// @param names which names a wanted method can have
    /// @param keys which methods are wanted
    References(MethodResolver resolver, Predicate<String> names, Predicate<Key> keys) {
        this.resolver = resolver;
        this.names = names;
        this.keys = keys;
    }

    /// Whether some constant of the pool leads to a wanted method.
    boolean any(Iterable<PoolEntry> pool) {
        boolean found = false;
        for (PoolEntry entry : pool) {
            found |= entry instanceof MemberRefEntry reference && wanted(reference) != null;
        }
        return found;
    }

    /// The wanted method that a constant leads to, or null.
    @Nullable Key wanted(MemberRefEntry reference) {
        if (!(reference instanceof MethodRefEntry || reference instanceof InterfaceMethodRefEntry)) {
            return null;
        }
        return known.computeIfAbsent(reference.index(), unknown -> Optional.ofNullable(resolve(reference)))
                .orElse(null);
    }

    private @Nullable Key resolve(MemberRefEntry reference) {
        String name = reference.name().stringValue();
        if (!names.test(name)) {
            return null;
        }
        String descriptor = Descriptors.checked(reference.type().stringValue());
        ResolvedMethod method = resolver.resolve(
                reference.owner().asInternalName(), name, descriptor, reference instanceof InterfaceMethodRefEntry);
        if (method == null) {
            return null;
        }
        Key key = new Key(method.owner().replace('/', '.'), name, descriptor);
        return keys.test(key) ? key : null;
    }
}
