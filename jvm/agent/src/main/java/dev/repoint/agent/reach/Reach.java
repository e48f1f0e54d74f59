package dev.repoint.agent.reach;

import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All methods that some methods can reach, by rapid type analysis (Bacon and Sweeney, OOPSLA 1996). A call may run
/// an overriding method in each class of which a reached method creates objects.
///
/// The initialisers of classes have already run. So the methods that they reach count only for the objects that they
/// create: these objects exist, and any method may use them.
///
/// Not thread-safe.
final class Reach {

    private final ClassTree classes;
    private final Predicate<MethodId> cut;
    private final Color now = new Color();
    private final Color before = new Color();
    private final Set<String> made = new LinkedHashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Deque<Pending> pending = new ArrayDeque<>();

    /// @param cut the methods at which the search ends
    Reach(ClassTree classes, Predicate<MethodId> cut) {
        this.classes = classes;
        this.cut = cut;
    }

    /// Methods that run now, and methods that ran while classes were initialised.
    private static final class Color {
        private final Set<MethodId> methods = new LinkedHashSet<>();
        /// Calls that may run one of several methods, by signature and owner.
        private final Map<String, Set<String>> calls = new HashMap<>();
    }

    private record Pending(MethodId method, Color color) {}

    /// Searches from some methods. Some classes count as having objects.
    ///
    /// @return all reached methods, including these
    Set<MethodId> from(Collection<MethodId> roots, Collection<String> present) {
        present.forEach(this::makes);
        roots.forEach(root -> come(root, now));
        Pending next = pending.poll();
        while (next != null) {
            read(next);
            next = pending.poll();
        }
        return now.methods;
    }

    private void read(Pending next) {
        MethodView method = classes.declared(next.method);
        if (method != null && method.codeLength() > 0) {
            MethodBody.read(classes.viewOf(next.method.owner()), method, classes, new Following(next));
        }
    }

    private void come(@Nullable MethodId method, Color color) {
        if (method != null && !cut.test(method) && !now.methods.contains(method) && color.methods.add(method)) {
            pending.add(new Pending(method, color));
        }
    }

    private void makes(String internalName) {
        touches(internalName);
        if (!made.add(internalName)) {
            return;
        }
        for (Color color : List.of(now, before)) {
            color.calls.forEach((signature, owners) -> {
                for (String supertype : classes.supertypes(internalName)) {
                    if (owners.contains(supertype)) {
                        come(overriding(internalName, signature), color);
                        break;
                    }
                }
            });
        }
    }

    private void touches(String internalName) {
        if (touched.add(internalName)) {
            come(new MethodId(internalName, "<clinit>", "()V"), before);
        }
    }

    private @Nullable MethodId overriding(String internalName, String signature) {
        int descriptor = signature.indexOf('(');
        return classes.resolve(
                new MethodId(internalName, signature.substring(0, descriptor), signature.substring(descriptor)));
    }

    /// Adds what one method uses.
    private final class Following implements Uses {

        private final MethodId user;
        private final Color color;

        Following(Pending of) {
            this.user = of.method;
            this.color = of.color;
        }

        @Override
        public void calls(MethodId method) {
            come(classes.resolve(method), color);
        }

        @Override
        public void callsVirtually(MethodId method) {
            MethodId resolved = classes.resolve(method);
            if (resolved != null && classes.isFixed(resolved)) {
                come(resolved, color);
                return;
            }
            Set<String> owners = color.calls.computeIfAbsent(method.signature(), absent -> new HashSet<>());
            if (owners.add(method.owner())) {
                for (String each : new ArrayList<>(made)) {
                    if (classes.supertypes(each).contains(method.owner())) {
                        come(overriding(each, method.signature()), color);
                    }
                }
            }
        }

        @Override
        public void makes(String internalName) {
            Reach.this.makes(internalName);
        }

        @Override
        public void touches(String internalName) {
            Reach.this.touches(internalName);
        }

        @Override
        public void names(String text) {
            for (MethodView method : classes.methodsOf(user.owner())) {
                if (method.name().equals(text)) {
                    come(new MethodId(user.owner(), text, method.descriptor()), now);
                }
            }
            if (text.indexOf('.') > 0 && text.indexOf(' ') < 0) {
                touches(text.replace('.', '/'));
            }
        }
    }
}
