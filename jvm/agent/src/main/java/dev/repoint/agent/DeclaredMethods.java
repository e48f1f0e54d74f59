package dev.repoint.agent;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.Nearest;
import dev.repoint.PatchException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/// The methods that a class declares, without those that a compiler or the weaver added.
///
/// @param keys their keys, in the order of the class
/// @param added the keys of the others
record DeclaredMethods(List<Key> keys, List<Key> added) {

    /// The methods of a loaded class.
    ///
    /// @throws PatchException if a class that they name is missing
    static DeclaredMethods of(Class<?> loaded) {
        DeclaredMethods methods = new DeclaredMethods(new ArrayList<>(), new ArrayList<>());
        try {
            for (Method method : loaded.getDeclaredMethods()) {
                (method.isSynthetic() ? methods.added : methods.keys).add(Key.of(method));
            }
        } catch (LinkageError e) {
            throw new PatchException(loaded.getName() + " cannot be read: " + e, e);
        }
        return methods;
    }

    /// The methods of a class file.
    ///
    /// @throws PatchException if it is malformed
    static DeclaredMethods of(String binaryName, byte[] classFile) {
        DeclaredMethods methods = new DeclaredMethods(new ArrayList<>(), new ArrayList<>());
        try {
            ClassModel model = ClassFile.of().parse(classFile);
            for (MethodModel method : model.methods()) {
                String name = method.methodName().stringValue();
                boolean synthetic = method.flags().has(AccessFlag.SYNTHETIC) || name.startsWith("<");
                (synthetic ? methods.added : methods.keys)
                        .add(new Key(binaryName, name, method.methodType().stringValue()));
            }
        } catch (IllegalArgumentException e) {
            throw new PatchException(binaryName + " cannot be read: " + e.getMessage(), e);
        }
        return methods;
    }

    /// The keys that a mistyped one may have meant.
    List<String> nearest(String text) {
        return Nearest.to(text, keys, 3);
    }

    /// The methods that a pattern names. What was added counts only where nothing else matches.
    List<Key> matching(KeyPattern pattern) {
        List<Key> found = keys.stream().filter(pattern::matches).toList();
        return found.isEmpty() ? added.stream().filter(pattern::matches).toList() : found;
    }
}
