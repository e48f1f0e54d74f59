package dev.repoint.agent.reach;

import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The readable classes and their inheritance. Not thread-safe.
final class ClassTree {

    private static final String OBJECT = "java/lang/Object";

    private final Function<String, byte @Nullable []> source;
    private final Map<String, Optional<Declared>> classes = new HashMap<>();
    private final Map<String, Set<String>> supertypes = new HashMap<>();

    /// @param source supplies the class file of an internal name, or null if it cannot be read
    ClassTree(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    private record Declared(ClassView view, Map<String, MethodView> methods) {}

    /// A method that a class declares itself, or null.
    @Nullable
    MethodView declared(MethodId method) {
        Declared owner = find(method.owner());
        return owner == null ? null : owner.methods.get(method.signature());
    }

    /// The method that a call of a class's method runs if no class overrides it, or null if it is unknown.
    @Nullable
    MethodId resolve(MethodId called) {
        String owner = called.owner();
        while (owner != null) {
            if (declared(called.in(owner)) != null) {
                return called.in(owner);
            }
            Declared declaring = find(owner);
            owner = declaring == null ? null : declaring.view.superclass();
        }
        for (String supertype : supertypes(called.owner())) {
            MethodView inherited = declared(called.in(supertype));
            if (inherited != null && !Modifier.isAbstract(inherited.flags())) {
                return called.in(supertype);
            }
        }
        return null;
    }

    /// Whether a call of a resolved method can only run this method.
    boolean isFixed(MethodId resolved) {
        MethodView method = declared(resolved);
        Declared owner = find(resolved.owner());
        return method != null
                && owner != null
                && (Modifier.isFinal(method.flags())
                        || Modifier.isPrivate(method.flags())
                        || Modifier.isFinal(owner.view.flags()));
    }

    /// A class and all its readable supertypes.
    Set<String> supertypes(String internalName) {
        Set<String> known = supertypes.get(internalName);
        if (known != null) {
            return known;
        }
        Set<String> all = new LinkedHashSet<>();
        all.add(internalName);
        Declared declared = find(internalName);
        if (declared != null) {
            String superclass = declared.view.superclass();
            if (superclass != null) {
                all.addAll(supertypes(superclass));
            }
            for (String above : declared.view.interfaces()) {
                all.addAll(supertypes(above));
            }
        }
        all.add(OBJECT);
        supertypes.put(internalName, all);
        return all;
    }

    /// The class file of a class that declares a method.
    ClassView viewOf(String internalName) {
        return Objects.requireNonNull(find(internalName)).view;
    }

    /// The methods that a class declares.
    Iterable<MethodView> methodsOf(String internalName) {
        Declared declared = find(internalName);
        return declared == null ? Set.of() : declared.methods.values();
    }

    private @Nullable Declared find(String internalName) {
        Optional<Declared> known = classes.get(internalName);
        if (known == null) {
            byte[] classFile = source.apply(internalName);
            known = Optional.ofNullable(classFile == null ? null : read(classFile));
            classes.put(internalName, known);
        }
        return known.orElse(null);
    }

    private static Declared read(byte[] classFile) {
        ClassView view = ClassView.of(classFile);
        Map<String, MethodView> methods = new HashMap<>();
        for (MethodView method : view.methods()) {
            methods.put(method.name().concat(method.descriptor()), method);
        }
        return new Declared(view, methods);
    }
}
