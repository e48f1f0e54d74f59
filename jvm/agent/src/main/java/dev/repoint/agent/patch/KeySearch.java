package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.agent.weave.ClassFiles;
import dev.repoint.agent.weave.DeclaredMembers;
import dev.repoint.agent.weave.KeySuggestions;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.Suggestion;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the method or field of the program for a key.
///
/// Thread-safe.
final class KeySearch {

    private final LoadedClasses classes;

    KeySearch(LoadedClasses classes) {
        this.classes = classes;
    }

    /// A method or field.
    ///
    /// @param key its key
    /// @param owners the loaded classes with this name that declare it; empty if none is loaded
    /// @param classFile the class file of its class if none is loaded, otherwise null
    /// @param loader the loader that found the class file; null for the bootstrap loader
    /// @param text the key in messages, with the type of its result if the key contained it
    record Found(
            Key key,
            List<Class<?>> owners,
            byte @Nullable [] classFile,
            @Nullable ClassLoader loader,
            String text) {

        boolean isLoaded() {
            return !owners.isEmpty();
        }
    }

    /// Finds the method or field.
    ///
    /// @param text a key without wildcards
    /// @throws PatchException if there is no such method or field (the message has the nearest names), or if there
    ///     are several (the message lists them)
    Found find(String text) {
        KeyPattern pattern = KeyPattern.parse(text);
        if (!pattern.isExact()) {
            throw new PatchRefusal("key '" + pattern + "' has a wildcard; name one method or field");
        }
        if (pattern.name().startsWith("<")) {
            throw new PatchRefusal(
                    pattern + " is a constructor or initialiser, which cannot be patched; name a method");
        }
        List<Class<?>> owners = classes.named(pattern.owner());
        return owners.isEmpty() ? notLoaded(pattern) : loaded(pattern, owners);
    }

    private static Found loaded(KeyPattern pattern, List<Class<?>> owners) {
        Map<Key, List<Class<?>>> found = new TreeMap<>();
        List<Key> declared = new ArrayList<>();
        for (Class<?> owner : owners) {
            DeclaredMembers members = DeclaredMembers.of(owner);
            declared.addAll(members.keys());
            for (Key key : members.matching(pattern)) {
                found.computeIfAbsent(key, absent -> new ArrayList<>()).add(owner);
            }
        }
        if (found.isEmpty()) {
            throw none(pattern, declared, inherited(pattern, owners.get(0)));
        }
        requireOne(pattern, List.copyOf(found.keySet()));
        Map.Entry<Key, List<Class<?>>> one = found.entrySet().iterator().next();
        return new Found(one.getKey(), one.getValue(), null, null, text(pattern, one.getKey()));
    }

    private Found notLoaded(KeyPattern pattern) {
        String internalName = pattern.owner().replace('.', '/');
        List<Key> declared = new ArrayList<>();
        boolean exists = false;
        for (ClassLoader loader : classes.loaders()) {
            byte[] classFile = ClassFiles.read(loader, internalName);
            if (classFile != null) {
                exists = true;
                DeclaredMembers members = DeclaredMembers.of(pattern.owner(), classFile);
                List<Key> matching = members.matching(pattern);
                if (!matching.isEmpty()) {
                    requireOne(pattern, matching);
                    return new Found(matching.get(0), List.of(), classFile, loader, text(pattern, matching.get(0)));
                }
                declared.addAll(members.keys());
            }
        }
        if (exists) {
            throw none(pattern, declared, null);
        }
        throw new PatchRefusal("there is no class " + pattern.owner() + " in the program"
                + Suggestion.of(new KeySuggestions(classes).all(pattern.text())));
    }

    private static String text(KeyPattern pattern, Key key) {
        return pattern.hasParameters() && pattern.hasType() ? key.fullText() : key.text();
    }

    private static void requireOne(KeyPattern pattern, List<Key> found) {
        if (found.size() > 1) {
            List<Key> candidates = found.stream().distinct().sorted().toList();
            throw new PatchRefusal(pattern + " is ambiguous; name one of " + String.join(", ", Key.texts(candidates)));
        }
    }

    private static PatchException none(KeyPattern pattern, List<Key> declared, @Nullable Key inherited) {
        if (inherited != null) {
            return new PatchRefusal(pattern + " is inherited; name the class that declares it: " + inherited);
        }
        return new PatchRefusal("there is no " + (pattern.isOfFields() ? "field " : "method ") + pattern
                + Suggestion.of(Nearest.to(pattern.text(), declared, 3)));
    }

    private static @Nullable Key inherited(KeyPattern pattern, Class<?> owner) {
        List<Class<?>> above = new ArrayList<>(List.of(owner.getInterfaces()));
        if (owner.getSuperclass() != null) {
            above.add(0, owner.getSuperclass());
        }
        for (Class<?> each : above) {
            KeyPattern there = pattern.in(each.getName());
            List<Key> found = DeclaredMembers.of(each).matching(there);
            Key key = found.isEmpty() ? inherited(there, each) : found.get(0);
            if (key != null) {
                return key;
            }
        }
        return null;
    }
}
