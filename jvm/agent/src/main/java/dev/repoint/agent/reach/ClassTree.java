package dev.repoint.agent.reach;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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

    private record Declared(ClassModel model, Map<String, MethodModel> methods) {}

    /// A method that a class declares itself, or null.
    @Nullable
    MethodModel declared(MethodId method) {
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
            owner = declaring == null
                    ? null
                    : declaring
                            .model
                            .superclass()
                            .map(ClassEntry::asInternalName)
                            .orElse(null);
        }
        for (String supertype : supertypes(called.owner())) {
            MethodModel inherited = declared(called.in(supertype));
            if (inherited != null && !Modifier.isAbstract(inherited.flags().flagsMask())) {
                return called.in(supertype);
            }
        }
        return null;
    }

    /// Whether a call of a resolved method can only run this method.
    boolean isFixed(MethodId resolved) {
        MethodModel method = declared(resolved);
        Declared owner = find(resolved.owner());
        return method != null
                && owner != null
                && (Modifier.isFinal(method.flags().flagsMask())
                        || Modifier.isPrivate(method.flags().flagsMask())
                        || Modifier.isFinal(owner.model.flags().flagsMask()));
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
            declared.model.superclass().ifPresent(above -> all.addAll(supertypes(above.asInternalName())));
            for (ClassEntry above : declared.model.interfaces()) {
                all.addAll(supertypes(above.asInternalName()));
            }
        }
        all.add(OBJECT);
        supertypes.put(internalName, all);
        return all;
    }

    /// The methods that a class declares.
    Iterable<MethodModel> methodsOf(String internalName) {
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
        ClassModel model = ClassFile.of().parse(classFile);
        Map<String, MethodModel> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            methods.put(
                    method.methodName().stringValue().concat(method.methodType().stringValue()), method);
        }
        return new Declared(model, methods);
    }
}
