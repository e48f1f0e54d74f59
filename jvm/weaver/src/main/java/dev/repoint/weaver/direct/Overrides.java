package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a virtual call always reaches the method that its constant resolves to.
///
/// @param types        the classes
/// @param surroundings what is known about subclasses
record Overrides(Types types, Surroundings surroundings) {

    /// The reason why a virtual call may reach another method.
    ///
    /// @param receiver internal name of the class in the constant
    /// @param method what the constant resolves to
    /// @return one line, or null if it reaches this method only
    @Nullable
    String refusal(String receiver, Resolved method) {
        if (!method.isOverridable()) {
            return null;
        }
        if (method.isAbstract()) {
            return "the method is abstract: the call reaches an implementation; name the implementation";
        }
        ClassFacts type = types.find(receiver);
        if (receiver.charAt(0) == '[' || type == null) {
            return "the class of the receiver, " + receiver.replace('/', '.') + ", is not known";
        }
        String overrider = overrider(type, method);
        if (overrider != null) {
            return "the receiver may be a " + overrider.replace('/', '.') + ", which overrides it";
        }
        String open = open(type, method);
        return open == null
                ? null
                : "the receiver may be of a subclass that is not seen and overrides it: " + open.replace('/', '.')
                        + " can be extended";
    }

    /// A class below a type, or the type itself, whose instances have another method.
    private @Nullable String overrider(ClassFacts type, Resolved method) {
        for (String each : below(type.name())) {
            ClassFacts found = types.find(each);
            if (found == null || found.isAbstract()) {
                continue; // its subclasses count
            }
            Resolved selected =
                    types.method(each, method.method().name(), method.method().descriptor());
            if (selected != null
                    && !selected.owner().name().equals(method.owner().name())) {
                return each;
            }
        }
        return null;
    }

    /// A type and everything below it.
    List<String> below(String internalName) {
        Set<String> found = new HashSet<>();
        List<String> all = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(internalName));
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            if (found.add(next)) {
                all.add(next);
                open.addAll(directlyBelow(next));
            }
        }
        return all;
    }

    /// A class that others may extend, or null.
    private @Nullable String open(ClassFacts type, Resolved method) {
        for (String each : below(type.name())) {
            ClassFacts found = types.find(each);
            if (found == null || isOpen(found, method)) {
                return each;
            }
        }
        return null;
    }

    /// Whether a class that is not known may extend a class directly, and override the method.
    private boolean isOpen(ClassFacts type, Resolved method) {
        if (type.isFinal() || type.permitted() != null || isFinalIn(type, method)) {
            return false;
        }
        if (surroundings.subtypes(type.name()) == null || !surroundings.isInside(type.name())) {
            return true;
        }
        return !surroundings.isClosed() && !method.isOfPackage() && type.isExtensibleElsewhere();
    }

    private static boolean isFinalIn(ClassFacts type, Resolved method) {
        MethodView own = type.method(method.method().name(), method.method().descriptor());
        return own != null && Modifier.isFinal(own.flags());
    }

    private Collection<String> directlyBelow(String internalName) {
        ClassFacts type = types.find(internalName);
        List<String> permitted = type == null ? null : type.permitted();
        if (permitted != null) {
            return permitted;
        }
        Collection<String> known = surroundings.subtypes(internalName);
        return known == null ? List.of() : known;
    }
}
