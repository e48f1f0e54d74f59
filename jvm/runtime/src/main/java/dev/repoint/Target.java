package dev.repoint;

import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What calls of a patchable method reach, or what a patchable field holds.
///
/// {@snippet :
/// update.set(Target.method(FastCrc.class, "update"));
/// update.set(Target.of(IntBinaryOperator.class, (a, b) -> a ^ b));
/// update.set(Target.around(Timed.class, (original, a, b) -> original.applyAsInt(a, b)));
/// audit.set(Target.nothing());
/// }
///
/// A target has the type of the patchable, the receiver first unless the method is static. It may take wider reference
/// types and return a narrower one. Nothing is looked up or checked before the target is set.
///
/// Written as text, in a policy or on the command line:
///
/// | text | target |
/// | --- | --- |
/// | `com.acme.Fast.update` | the static method of that name that fits; of an instance method also one of the same class |
/// | `com.acme.Fast.update(int,byte[])` | the same, told from its overloads |
/// | `com.acme.Fast.update(int,byte[]):int` | the same, told from one that differs in its result alone |
/// | `default` | [#DEFAULT] |
/// | `nothing` | [#nothing()] |
/// | `constant:42` | a value of a primitive type, `String` or an enum, or `constant:null` |
/// | `true`, `false`, `null`, `42`, `-1.5` | the same without the word |
///
/// A method whose first parameter carries [Original] wraps the patchable.
///
/// For a field a text names its value: `constant:FAST`, `true`, or another static field, `com.acme.Sorts.FAST`. For a
/// field of a functional interface it may also name a static method, `com.acme.Fast.update`.
///
/// Values are immutable. The objects that they hold need not be.
public sealed interface Target {

    /// The default of a method, or the value that the program gave a field last.
    Written DEFAULT = new Default();

    /// A method handle. A direct handle of a method that the look-up of the patchable can reach costs what a direct
    /// call does. Any other is called as a constant handle.
    ///
    /// @param handle of the type of the patchable, or wider
    static Target of(MethodHandle handle) {
        return new Handle(handle);
    }

    /// A lambda, a method reference, or any other object of a functional interface.
    ///
    /// @param <F> the functional interface
    /// @param functionalInterface its class; its method has the type of the patchable, or wider. A result of generic
    ///     type is cast when it is returned
    /// @param implementation the object
    static <F> Target of(Class<F> functionalInterface, F implementation) {
        return new Functional(functionalInterface, implementation);
    }

    /// The method of that name. Of several that the class declares it is the one that fits best.
    ///
    /// @param owner the class that declares it
    /// @param name its name
    static Target method(Class<?> owner, String name) {
        return new Declared(owner, name);
    }

    /// Calls do nothing. For methods that return void.
    static Written nothing() {
        return new Nothing();
    }

    /// Calls return a value, or a field holds it.
    ///
    /// @param value of the method's return type, or the field's type; null for a reference type only. A primitive is
    ///     given boxed, as exactly that type
    static Target constant(@Nullable Object value) {
        return new Value(value);
    }

    /// A method handle that wraps the default.
    ///
    /// @param handle its first parameter receives the default: a `MethodHandle` of the type of the patchable, or an
    ///     object of a functional interface whose method fits that type. The others are those of the patchable
    static Target around(MethodHandle handle) {
        return new Around(handle, null);
    }

    /// The same, with a name that reports and messages show.
    ///
    /// @param name for people, such as `"a timer"`; not read back
    /// @param handle as for [#around(MethodHandle)]
    static Target around(String name, MethodHandle handle) {
        return new Around(handle, Objects.requireNonNull(name, "name"));
    }

    /// A lambda, or another object of a functional interface, that wraps the default.
    ///
    /// {@snippet :
    /// interface Timed {
    ///     int apply(IntBinaryOperator original, int a, int b);
    /// }
    ///
    /// add.set(Target.around(Timed.class, (original, a, b) -> {
    ///     long start = System.nanoTime();
    ///     int sum = original.applyAsInt(a, b);
    ///     record(System.nanoTime() - start);
    ///     return sum;
    /// }));
    /// }
    ///
    /// @param <F> the functional interface
    /// @param functionalInterface its class; the first parameter of its method receives the default, as for
    ///     [#around(MethodHandle)]
    /// @param implementation the object
    static <F> Target around(Class<F> functionalInterface, F implementation) {
        return new FunctionalAround(functionalInterface, implementation);
    }

    /// Reads a target. Its class is found by the class loader of the patchable, else by the system class loader.
    ///
    /// @param text one of the forms above; blanks around it are dropped, but not those of a constant
    /// @throws SyntaxException if the text has none of these forms
    static Written parse(String text) {
        String constant = TargetText.constant(Objects.requireNonNull(text, "text"));
        if (constant != null) {
            return new Constant(constant);
        }
        String spec = text.strip();
        return switch (spec) {
            case "default" -> DEFAULT;
            case "nothing" -> nothing();
            default -> {
                TargetText named = TargetText.parse(spec);
                yield new Named(named.owner(), named.name(), named.parameters());
            }
        };
    }

    /// A target that can be written as text, which `toString()` gives.
    sealed interface Written extends Target {

        /// The same, where another class loader finds the class.
        ///
        /// @param loader is asked first, and the system class loader next; null for the bootstrap loader
        default Target in(@Nullable ClassLoader loader) {
            return this instanceof Named named ? new Loaded(named, loader) : this;
        }
    }

    /// The default.
    record Default() implements Written {
        @Override
        public String toString() {
            return "default";
        }
    }

    /// Calls do nothing.
    record Nothing() implements Written {
        @Override
        public String toString() {
            return "nothing";
        }
    }

    /// A value.
    record Value(@Nullable Object value) implements Target {
        @Override
        public String toString() {
            return "constant:" + value;
        }
    }

    /// A value that was written.
    ///
    /// @param text is read by the type of the patchable
    record Constant(String text) implements Written {
        public Constant {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "constant:" + text;
        }
    }

    /// A method, or static field, that was written.
    ///
    /// @param owner binary name of its class
    /// @param name its name
    /// @param parameters its parameter list with parentheses, and behind it `:` and the type of its result where that
    ///     is given; or null to take the one that fits
    record Named(String owner, String name, @Nullable String parameters) implements Written {
        public Named {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(name, "name");
        }

        /// The methods that are meant.
        ///
        /// @return a pattern without wildcards
        public KeyPattern pattern() {
            return KeyPattern.parse(toString());
        }

        /// As it is written.
        @Override
        public String toString() {
            return KeySyntax.quotedClass(owner) + "." + KeySyntax.quoted(name) + (parameters == null ? "" : parameters);
        }
    }

    /// A method, or static field, that was written, and the class loader that finds its class.
    record Loaded(Named named, @Nullable ClassLoader loader) implements Target {
        public Loaded {
            Objects.requireNonNull(named, "named");
        }

        @Override
        public String toString() {
            return named.toString();
        }
    }

    /// A method of a class that is at hand.
    record Declared(Class<?> owner, String name) implements Target {
        public Declared {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return owner.getName() + "." + name;
        }
    }

    /// A method handle.
    record Handle(MethodHandle handle) implements Target {
        public Handle {
            Objects.requireNonNull(handle, "handle");
        }
    }

    /// An object of a functional interface.
    record Functional(Class<?> functionalInterface, Object implementation) implements Target {
        /// @throws ClassCastException if the object is none of that interface
        public Functional {
            Objects.requireNonNull(functionalInterface, "functionalInterface");
            Object unused = functionalInterface.cast(Objects.requireNonNull(implementation, "implementation"));
        }
    }

    /// A method handle that wraps the default.
    ///
    /// @param name for people, or null: then the type of the handle is shown
    record Around(MethodHandle handle, @Nullable String name) implements Target {
        public Around {
            Objects.requireNonNull(handle, "handle");
        }
    }

    /// An object of a functional interface that wraps the default.
    record FunctionalAround(Class<?> functionalInterface, Object implementation) implements Target {
        /// @throws ClassCastException if the object is none of that interface
        public FunctionalAround {
            Objects.requireNonNull(functionalInterface, "functionalInterface");
            Object unused = functionalInterface.cast(Objects.requireNonNull(implementation, "implementation"));
        }
    }
}
