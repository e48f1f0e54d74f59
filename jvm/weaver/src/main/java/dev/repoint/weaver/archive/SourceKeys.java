package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.scan.ClassScanner;
import dev.repoint.weaver.scan.SourceForms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a key means that is written as the source of another language has it, among the classes of a file.
///
/// @param file the file, in messages
/// @param entries its classes
record SourceKeys(Path file, ClassEntries entries) {

    /// A change with the key of the class file.
    ///
    /// @return the same change if its key names a member as the class file does, or names nothing
    /// @throws WeaveException if the key means several members; the message names them
    Policy resolved(Policy policy) {
        KeyPattern pattern = policy.key();
        if (!pattern.mayBeOfSource()) {
            return policy;
        }
        Map<Key, Key> forwardees = new HashMap<>();
        Map<Key, String> refusals = new TreeMap<>();
        SortedSet<Key> found = new TreeSet<>();
        entries.forEach(entry -> {
            if (pattern.matchesOwner(entry.internalName().replace('/', '.'))) {
                add(pattern, entry.bytes(), found, forwardees, refusals);
            }
        });
        refusals.forEach((key, refusal) -> {
            throw new WeaveException(file + ": " + key + " " + refusal);
        });
        if (found.stream().allMatch(pattern::isSpelledAs)) {
            return policy;
        }
        List<Key> meant = new ArrayList<>(found);
        meant.removeIf(key -> found.contains(forwardees.getOrDefault(key, key)) && forwardees.containsKey(key));
        if (meant.size() > 1) {
            throw new WeaveException(
                    file + ": " + pattern + " is ambiguous; name one of " + String.join(", ", Key.texts(meant)));
        }
        return new Policy(KeyPattern.parse(meant.get(0).text()), policy.target());
    }

    private static void add(
            KeyPattern pattern,
            byte[] classFile,
            SortedSet<Key> found,
            Map<Key, Key> forwardees,
            Map<Key, String> refusals) {
        ClassScanner scanner = new ClassScanner(Selection.ofAnnotated(), name -> null);
        for (Key key : scanner.members(classFile)) {
            if (!pattern.matches(key)) {
                continue;
            }
            found.add(key);
            String refusal = SourceForms.refusal(classFile, key);
            Key forwardee = SourceForms.forwardee(classFile, key);
            if (refusal != null) {
                refusals.put(key, refusal);
            }
            if (forwardee != null) {
                forwardees.put(key, forwardee);
            }
        }
    }
}
