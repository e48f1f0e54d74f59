package dev.repoint;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/// The identity of a patchable method: owner, name and descriptor.
///
/// Written as text, a key is the owner's binary name, the method's name and the parameter types:
/// `com.acme.Crc.update(int,byte[])`. The return type is not written, except where a class has two methods that
/// differ in nothing else (bridge methods do): the record's components tell these apart, [#text()] does not.
///
/// Immutable. Ordered by owner, name, descriptor.
///
/// @param owner binary name of the class that declares the method, such as `com.acme.Outer$Inner`
/// @param name name of the method
/// @param descriptor method descriptor without a receiver (JVMS 4.3.3), such as `(I[B)I`
public record Key(String owner, String name, String descriptor) implements Comparable<Key> {

    /// Checks the form of the components.
    ///
    /// @throws IllegalArgumentException if the owner or the name is empty, the owner is not a binary name, or the
    ///     descriptor does not start as a method descriptor does
    public Key {
        if (owner.isEmpty() || owner.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the binary name of a class: '" + owner + "'");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a key of " + owner + " has no method name");
        }
        if (descriptor.isEmpty() || descriptor.charAt(0) != '(' || descriptor.indexOf(')') < 0) {
            throw new IllegalArgumentException(
                    "not a method descriptor: '" + descriptor + "' (of " + owner + "." + name + ")");
        }
    }

    /// The key of a method.
    ///
    /// @param method any method
    /// @return its key
    public static Key of(Method method) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
        return new Key(nameOf(method.getDeclaringClass()), method.getName(), descriptor);
    }

    /// The name that a class has in keys.
    ///
    /// @param owner any class or interface
    /// @return its binary name; of a hidden class the name that its class file has
    public static String nameOf(Class<?> owner) {
        String name = owner.getName();
        return owner.isHidden() ? name.substring(0, name.indexOf('/')) : name;
    }

    /// The owner in the internal form of class files (JVMS 4.2.1).
    ///
    /// @return such as `com/acme/Outer$Inner`
    public String internalOwner() {
        return owner.replace('.', '/');
    }

    /// The key as people write it, with its parameter types and without its return type.
    ///
    /// @return such as `com.acme.Crc.update(int,byte[])`
    public String text() {
        return owner + "." + name + parameters();
    }

    /// The parameter types as people write them.
    ///
    /// @return such as `(int,byte[])`, or `()` where there are none
    public String parameters() {
        return "(" + String.join(",", Descriptors.parameters(descriptor)) + ")";
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
