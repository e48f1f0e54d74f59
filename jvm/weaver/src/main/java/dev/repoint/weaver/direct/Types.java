package dev.repoint.weaver.direct;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The classes of a source, and what their names mean to each other (JVMS 5.4.3.3, 5.4.3.4).
///
/// Not thread-safe.
final class Types {

    private static final String OBJECT = "java/lang/Object";

    /// What every array is, too.
    private static final Set<String> OF_ARRAYS = Set.of(OBJECT, "java/lang/Cloneable", "java/io/Serializable");

    private final ClassSource source;
    private final Map<String, Optional<ClassFacts>> known = new HashMap<>();

    Types(ClassSource source) {
        this.source = source;
    }

    /// A class, or null if the source does not have it.
    ///
    /// @throws WeaveException if its class file is malformed
    @Nullable
    ClassFacts find(String internalName) {
        Optional<ClassFacts> facts = known.get(internalName);
        if (facts == null) {
            byte[] bytes = source.find(internalName);
            facts = bytes == null ? Optional.empty() : Optional.of(read(internalName, bytes));
            known.put(internalName, facts);
        }
        return facts.orElse(null);
    }

    /// The method that a constant resolves to.
    ///
    /// @return null if it is not found, perhaps because a class is missing
    @Nullable
    Resolved method(String owner, String name, String descriptor) {
        ClassFacts type = find(owner);
        Set<String> seen = new LinkedHashSet<>();
        for (ClassFacts each = type; each != null && seen.add(each.name()); each = superOf(each)) {
            MethodView method = each.method(name, descriptor);
            if (method != null) {
                return new Resolved(each, method);
            }
        }
        return type == null ? null : ofInterfaces(seen, name, descriptor);
    }

    /// A class and all its supertypes that are found.
    Set<String> withSupertypes(String internalName) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(internalName));
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            ClassFacts type = found.add(next) ? find(next) : null;
            if (type != null) {
                open.addAll(type.supertypes());
            }
        }
        return found;
    }

    /// Whether a value of one type can be given where another is expected, as the verifier sees it.
    ///
    /// @return empty if a class is missing that would tell
    Optional<Boolean> isAssignable(String from, String to) {
        if (from.equals(to) || from.charAt(0) != '[' && from.charAt(0) != 'L') {
            return Optional.of(from.equals(to));
        }
        if (to.charAt(0) == '[') {
            return from.charAt(0) == '[' ? isAssignable(from.substring(1), to.substring(1)) : Optional.of(false);
        }
        if (to.charAt(0) != 'L') {
            return Optional.of(false);
        }
        String wide = nameIn(to);
        return from.charAt(0) == '[' ? Optional.of(OF_ARRAYS.contains(wide)) : isSubtype(nameIn(from), wide);
    }

    /// Whether a class is another one, or below it.
    Optional<Boolean> isSubtype(String narrow, String wide) {
        if (wide.equals(OBJECT)) {
            return Optional.of(true);
        }
        Set<String> all = withSupertypes(narrow);
        if (all.contains(wide)) {
            return Optional.of(true);
        }
        for (String each : all) {
            if (find(each) == null) {
                return Optional.empty();
            }
        }
        return Optional.of(false);
    }

    private @Nullable ClassFacts superOf(ClassFacts type) {
        String name = type.superclass();
        return name == null ? null : find(name);
    }

    /// The most specific method of the superinterfaces, otherwise any.
    private @Nullable Resolved ofInterfaces(Set<String> classes, String name, String descriptor) {
        List<Resolved> all = new ArrayList<>();
        Set<String> types = new LinkedHashSet<>();
        classes.forEach(each -> types.addAll(withSupertypes(each)));
        for (String each : types) {
            ClassFacts type = find(each);
            MethodView method = type == null ? null : type.method(name, descriptor);
            if (type != null && method != null) {
                Resolved found = new Resolved(type, method);
                if (type.isInterface() && found.isVirtual() || each.equals(OBJECT)) {
                    all.add(found);
                }
            }
        }
        all.removeIf(each -> all.stream()
                .anyMatch(other -> other != each
                        && !each.owner().name().equals(other.owner().name())
                        && withSupertypes(other.owner().name())
                                .contains(each.owner().name())));
        return all.stream().filter(each -> !each.isAbstract()).findFirst().orElse(all.isEmpty() ? null : all.get(0));
    }

    private static ClassFacts read(String internalName, byte[] bytes) {
        try {
            return new ClassFacts(ClassView.of(bytes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new WeaveException(internalName.replace('/', '.') + ": malformed class file: " + e.getMessage(), e);
        }
    }

    static String nameIn(String descriptor) {
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
