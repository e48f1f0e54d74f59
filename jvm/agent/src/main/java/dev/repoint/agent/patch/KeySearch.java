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
import dev.repoint.internal.report.SourceNames;
import dev.repoint.weaver.scan.SourceForms;
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

        /// The class file, as the compiler wrote it; null if its loader does not give it.
        byte @Nullable [] original() {
            return isLoaded() ? ClassFiles.read(owners.get(0).getClassLoader(), key.internalOwner()) : classFile;
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
        List<Found> found = new ArrayList<>();
        List<Key> declared = new ArrayList<>();
        List<Class<?>> owners = classes.named(pattern.owner());
        boolean exists = owners.isEmpty() ? notLoaded(pattern, pattern.owner(), found, declared) : true;
        loaded(pattern, owners, found, declared);
        if (pattern.mayBeOfSource()) {
            ofSource(pattern, found, declared);
        }
        if (found.isEmpty() && exists) {
            throw none(pattern, declared, owners.isEmpty() ? null : inherited(pattern, owners.get(0)));
        }
        if (found.isEmpty()) {
            throw new PatchRefusal("there is no class " + pattern.owner() + " in the program"
                    + Suggestion.of(new KeySuggestions(classes).all(pattern.text())));
        }
        List<Found> meant = pattern.mayBeOfSource() ? withoutForwarders(found) : found;
        requireOne(pattern, meant.stream().map(Found::key).toList());
        requireBody(pattern, meant.get(0));
        return meant.get(0);
    }

    /// Whether a loaded class may declare what a key means.
    boolean mayBeLoaded(KeyPattern pattern) {
        return classes.own().stream().anyMatch(each -> pattern.matchesOwner(each.getName()));
    }

    private static void loaded(KeyPattern pattern, List<Class<?>> owners, List<Found> found, List<Key> declared) {
        Map<Key, List<Class<?>>> matching = new TreeMap<>();
        for (Class<?> owner : owners) {
            DeclaredMembers members = DeclaredMembers.of(owner);
            declared.addAll(members.keys());
            for (Key key : members.matching(pattern)) {
                matching.computeIfAbsent(key, absent -> new ArrayList<>()).add(owner);
            }
        }
        matching.forEach((key, declaring) -> found.add(new Found(key, declaring, null, null, text(pattern, key))));
    }

    /// Adds what the source of another language may mean: first in loaded classes, then in class files.
    private void ofSource(KeyPattern pattern, List<Found> found, List<Key> declared) {
        String owner = pattern.owner();
        Map<String, List<Class<?>>> present = new TreeMap<>();
        for (Class<?> loaded : classes.own()) {
            if (SourceNames.isOwner(loaded.getName(), owner)) {
                present.computeIfAbsent(loaded.getName(), absent -> new ArrayList<>())
                        .add(loaded);
            }
        }
        present.values().forEach(each -> loaded(pattern, each, found, declared));
        for (String name : SourceNames.classes(owner)) {
            if (!present.containsKey(name)) {
                boolean unused = notLoaded(pattern, name, found, declared);
            }
        }
        if (found.isEmpty()) {
            for (String name : KeySuggestions.classesOf(owner)) {
                if (!present.containsKey(name)) {
                    boolean unused = notLoaded(pattern, name, found, declared);
                }
            }
        }
    }

    /// Adds the matching members of a class file.
    ///
    /// @return whether there is one
    private boolean notLoaded(KeyPattern pattern, String owner, List<Found> found, List<Key> declared) {
        boolean exists = false;
        for (ClassLoader loader : classes.loaders()) {
            byte[] classFile = ClassFiles.read(loader, owner.replace('.', '/'));
            if (classFile != null) {
                exists = true;
                DeclaredMembers members = DeclaredMembers.of(owner, classFile);
                List<Key> matching = members.matching(pattern);
                for (Key key : matching) {
                    found.add(new Found(key, List.of(), classFile, loader, text(pattern, key)));
                }
                if (!matching.isEmpty()) {
                    return true;
                }
                declared.addAll(members.keys());
            }
        }
        return exists;
    }

    private static List<Found> withoutForwarders(List<Found> found) {
        List<Found> meant = new ArrayList<>(found);
        for (Found each : found.size() > 1 ? found : List.<Found>of()) {
            byte[] classFile = each.original();
            Key forwardee = classFile == null ? null : SourceForms.forwardee(classFile, each.key());
            if (found.stream().anyMatch(other -> other.key().equals(forwardee))) {
                meant.remove(each);
            }
        }
        return meant;
    }

    private static void requireBody(KeyPattern pattern, Found found) {
        byte[] classFile = pattern.mayBeOfSource() ? found.original() : null;
        String refusal = classFile == null ? null : SourceForms.refusal(classFile, found.key());
        if (refusal != null) {
            throw new PatchRefusal(found.key(), " " + refusal);
        }
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
