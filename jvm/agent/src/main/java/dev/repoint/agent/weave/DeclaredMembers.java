package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.internal.classfile.ClassWriter;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// The methods and static fields that a class declares, without those that a compiler or the weaver added.
///
/// @param keys their keys, in the order of the class
/// @param others the keys of added members, of final fields and of instance fields
public record DeclaredMembers(List<Key> keys, List<Key> others) {

    /// The members of a loaded class. If a class named by a field is missing, the result has no fields.
    ///
    /// @throws PatchException if a class named by a method is missing
    public static DeclaredMembers of(Class<?> loaded) {
        DeclaredMembers members = new DeclaredMembers(new ArrayList<>(), new ArrayList<>());
        try {
            for (Method method : loaded.getDeclaredMethods()) {
                (method.isSynthetic() ? members.others : members.keys).add(Key.of(method));
            }
        } catch (LinkageError e) {
            throw new PatchRefusal(loaded.getName() + " cannot be read: " + e, e);
        }
        try {
            for (Field field : loaded.getDeclaredFields()) {
                (isPlain(field.getModifiers()) ? members.keys : members.others).add(Key.of(field));
            }
        } catch (LinkageError e) {
            // The methods can be patched nevertheless.
        }
        return members;
    }

    /// The members of a class file.
    ///
    /// @throws PatchException if it is malformed
    public static DeclaredMembers of(String binaryName, byte[] classFile) {
        DeclaredMembers members = new DeclaredMembers(new ArrayList<>(), new ArrayList<>());
        try {
            ClassView view = ClassView.of(classFile);
            for (MethodView method : view.methods()) {
                boolean added = (method.flags() & ClassWriter.SYNTHETIC) != 0
                        || method.name().startsWith("<");
                (added ? members.others : members.keys).add(new Key(binaryName, method.name(), method.descriptor()));
            }
            for (FieldView field : view.fields()) {
                (isPlain(field.flags()) ? members.keys : members.others)
                        .add(new Key(binaryName, field.name(), field.descriptor()));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new PatchRefusal(binaryName + " cannot be read: " + e.getMessage(), e);
        }
        return members;
    }

    /// The candidates for the correction of a mistyped key.
    public List<String> nearest(String text) {
        return Nearest.to(text, keys, 3);
    }

    /// The members that match a pattern. The others count only if nothing else matches.
    public List<Key> matching(KeyPattern pattern) {
        List<Key> found = keys.stream().filter(pattern::matches).toList();
        return found.isEmpty() ? others.stream().filter(pattern::matches).toList() : found;
    }

    /// Whether a field with these flags can be patched.
    private static boolean isPlain(int flags) {
        return (flags & (Modifier.STATIC | Modifier.FINAL | ClassWriter.SYNTHETIC)) == Modifier.STATIC;
    }
}
