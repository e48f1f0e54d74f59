package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the rules of direct mode need to know about a class.
final class ClassFacts {

    private static final String CONSTRUCTOR = "<init>";
    private static final String INITIALIZER = "<clinit> ()V";

    private final ClassView view;
    private final String name;
    private final @Nullable String superclass;
    private final List<String> interfaces;
    private final Map<String, MethodView> methods = new LinkedHashMap<>();

    /// @throws RuntimeException if the class file is malformed
    ClassFacts(ClassView view) {
        this.view = view;
        this.name = view.name();
        this.superclass = view.superclass();
        this.interfaces = view.interfaces();
        for (MethodView each : view.methods()) {
            methods.put(each.name() + " " + each.descriptor(), each);
        }
    }

    ClassView view() {
        return view;
    }

    /// The internal name.
    String name() {
        return name;
    }

    @Nullable
    String superclass() {
        return superclass;
    }

    List<String> interfaces() {
        return interfaces;
    }

    /// The direct supertypes.
    List<String> supertypes() {
        List<String> all = new ArrayList<>(interfaces);
        if (superclass != null) {
            all.add(0, superclass);
        }
        return all;
    }

    /// A declared method, or null.
    @Nullable
    MethodView method(String methodName, String descriptor) {
        return methods.get(methodName + " " + descriptor);
    }

    /// The declared methods.
    Iterable<MethodView> methods() {
        return methods.values();
    }

    boolean isInterface() {
        return Modifier.isInterface(view.flags());
    }

    boolean isFinal() {
        return Modifier.isFinal(view.flags());
    }

    boolean isPublic() {
        return Modifier.isPublic(view.flags());
    }

    boolean isAbstract() {
        return Modifier.isAbstract(view.flags());
    }

    boolean hasInitializer() {
        return methods.containsKey(INITIALIZER);
    }

    /// The permitted subclasses of a sealed class, or null.
    @Nullable
    List<String> permitted() {
        return names("PermittedSubclasses");
    }

    /// The host of its nest.
    String nestHost() {
        int host = view.twoBytesOf("NestHost");
        return host == 0 ? name : view.className(host);
    }

    /// Whether a class of another package can extend it, as far as the class itself tells.
    boolean isExtensibleElsewhere() {
        if (!isPublic() || isFinal()) {
            return false;
        }
        for (MethodView each : methods.values()) {
            if (each.name().equals(CONSTRUCTOR)
                    && (Modifier.isPublic(each.flags()) || Modifier.isProtected(each.flags()))) {
                return true;
            }
        }
        return isInterface();
    }

    String packageName() {
        return packageOf(name);
    }

    static String packageOf(String internalName) {
        return internalName.substring(0, Math.max(internalName.lastIndexOf('/'), 0));
    }

    private @Nullable List<String> names(String attribute) {
        int at = view.attribute(attribute);
        if (at < 0) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < view.u2(at); i++) {
            names.add(view.className(view.u2(at + 2 + 2 * i)));
        }
        return names;
    }
}
