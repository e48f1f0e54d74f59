package dev.repoint;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The identity of a patchable method or field: owner, name and descriptor.
///
/// Written as text, the key of a method is the owner's binary name, the method's name and the parameter types:
/// `com.acme.Crc.update(int,byte[])`. The return type is not written, except where a class has two methods that
/// differ in nothing else (bridge methods do, and those of obfuscated programs): [#fullText()] and [#texts]
/// tell these apart, [#text()] does not. The key of a field has no parentheses: `com.acme.Flags.fast`; its type
/// is not written either. A name that is none of Java's stands in backticks, as [KeySyntax] has it.
///
/// What these methods write, [KeyPattern#parse] reads.
///
/// Immutable. Ordered by owner, name, descriptor.
///
/// @param owner binary name of the class that declares the member, such as `com.acme.Outer$Inner`
/// @param name name of the method or field
/// @param descriptor method descriptor without a receiver (JVMS 4.3.3), such as `(I[B)I`, or field descriptor
///     (JVMS 4.3.2), such as `Z`
public record Key(String owner, String name, String descriptor) implements Comparable<Key> {

    /// Checks the form of the components.
    ///
    /// @throws IllegalArgumentException if the owner or the name is empty, the owner is not a binary name, or
    ///     the descriptor does not start as one of a method or a field does
    public Key {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(descriptor, "descriptor");
        if (owner.isEmpty() || owner.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the binary name of a class: '" + owner + "'");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a key of " + owner + " has no name");
        }
        if (!(descriptor.startsWith("(") ? descriptor.indexOf(')') >= 0 : isOfField(descriptor))) {
            throw new IllegalArgumentException(
                    "not a descriptor of a method or field: '" + descriptor + "' (of " + owner + "." + name + ")");
        }
    }

    /// The key of a method.
    ///
    /// @param method any method
    /// @return its key
    public static Key of(Method method) {
        Objects.requireNonNull(method, "method");
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
        return new Key(nameOf(method.getDeclaringClass()), method.getName(), descriptor);
    }

    /// The key of a field.
    ///
    /// @param field any field
    /// @return its key
    public static Key of(Field field) {
        Objects.requireNonNull(field, "field");
        return new Key(
                nameOf(field.getDeclaringClass()),
                field.getName(),
                field.getType().descriptorString());
    }

    /// Whether another object is an equal key.
    ///
    /// @param other any object, or null
    /// @return true if it is a key with equal components
    @Override
    public boolean equals(@Nullable Object other) {
        // Written here, because the JVM takes milliseconds to make that of a record.
        return other instanceof Key that
                && name.equals(that.name)
                && owner.equals(that.owner)
                && descriptor.equals(that.descriptor);
    }

    /// A hash of its components.
    @Override
    public int hashCode() {
        return (owner.hashCode() * 31 + name.hashCode()) * 31 + descriptor.hashCode();
    }

    /// Whether this is the key of a field.
    ///
    /// @return false for a method
    public boolean isField() {
        return descriptor.charAt(0) != '(';
    }

    /// The name that a class has in keys.
    ///
    /// @param owner any class or interface
    /// @return its binary name; of a hidden class the name that its class file has
    public static String nameOf(Class<?> owner) {
        String name = Objects.requireNonNull(owner, "owner").getName();
        return owner.isHidden() ? name.substring(0, name.indexOf('/')) : name;
    }

    private static boolean isOfField(String descriptor) {
        int dimensions = 0;
        while (descriptor.startsWith("[", dimensions)) {
            dimensions++;
        }
        String element = descriptor.substring(dimensions);
        return element.length() == 1
                ? "BCDFIJSZ".contains(element)
                : element.startsWith("L") && element.length() > 2 && element.indexOf(';') == element.length() - 1;
    }

    /// The owner in the internal form of class files (JVMS 4.2.1).
    ///
    /// @return such as `com/acme/Outer$Inner`
    public String internalOwner() {
        return owner.replace('.', '/');
    }

    /// The key as people write it, with its parameter types and without its return type.
    ///
    /// @return such as `com.acme.Crc.update(int,byte[])` or `com.acme.Flags.fast`
    public String text() {
        return KeySyntax.quotedClass(owner) + "." + KeySyntax.quoted(name) + parameters();
    }

    /// The parameter types as people write them.
    ///
    /// @return such as `(int,byte[])`, or `()` where there are none; empty for a field
    public String parameters() {
        if (isField()) {
            return "";
        }
        StringBuilder parameters = new StringBuilder("(");
        for (String parameter : Descriptors.parameters(descriptor)) {
            parameters.append(parameters.length() == 1 ? "" : ",").append(KeySyntax.quotedClass(parameter));
        }
        return parameters.append(')').toString();
    }

    /// The type of the field, or the return type of the method, as people write it.
    ///
    /// @return such as `boolean`, `byte[]` or `java.lang.String`
    public String type() {
        return KeySyntax.quotedClass(Descriptors.returns(descriptor));
    }

    /// The key as people write it to tell a field from a method of the same name.
    ///
    /// @return such as `com.acme.Flags.fast:boolean`; for a method as [#text()]
    public String textWithType() {
        return isField() ? fullText() : text();
    }

    /// The key as people write it to tell it from all others: a method from one that differs in its result
    /// alone, a field from a method of the same name.
    ///
    /// @return such as `com.acme.Crc.update(int,byte[]):int` or `com.acme.Flags.fast:boolean`
    public String fullText() {
        return text() + ":" + type();
    }

    /// Keys as people write them to tell them from each other: with their types where it takes these.
    ///
    /// @param keys any keys
    /// @return a text for each, in their order
    public static List<String> texts(Collection<Key> keys) {
        Map<String, Set<Key>> matching = new HashMap<>(); // what a text means, were it typed
        for (Key key : Objects.requireNonNull(keys, "keys")) {
            matching.computeIfAbsent(key.text(), absent -> new HashSet<>()).add(key);
            matching.computeIfAbsent(key.owner + "." + key.name, absent -> new HashSet<>())
                    .add(key);
        }
        return keys.stream()
                .map(key -> {
                    String text = key.isField() ? key.owner + "." + key.name : key.text();
                    return matching.getOrDefault(text, Set.of()).size() > 1 ? key.fullText() : key.text();
                })
                .toList();
    }

    /// Compares by owner, then name, then descriptor.
    @Override
    public int compareTo(Key other) {
        int byOwner = owner.compareTo(other.owner);
        if (byOwner != 0) {
            return byOwner;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : descriptor.compareTo(other.descriptor);
    }

    /// As [#text()].
    @Override
    public String toString() {
        return text();
    }
}
