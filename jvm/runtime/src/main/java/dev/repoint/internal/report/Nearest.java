package dev.repoint.internal.report;

import dev.repoint.Key;
import dev.repoint.KeySyntax;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The keys that a mistyped one most likely meant.
public final class Nearest {

    private Nearest() {}

    /// The candidates that resemble a text most, the nearest first.
    ///
    /// The method's name counts more than the rest, so that a right name in a wrong class is found.
    ///
    /// None of them is named twice, and nothing that weaving adds.
    ///
    /// @param text what was written, a key or a part of one
    /// @param candidates the keys that there are
    /// @param limit how many to return at most, 0 or more
    /// @return up to `limit` keys as text; empty where nothing resembles it
    public static List<String> to(String text, Collection<Key> candidates, int limit) {
        return Key.texts(keys(text, candidates, limit));
    }

    /// The same as keys.
    ///
    /// @param text what was written, a key or a part of one
    /// @param candidates the keys that there are
    /// @param limit how many to return at most, 0 or more
    /// @return up to `limit` keys, no two of them the same; empty where nothing resembles it
    public static List<Key> keys(String text, Collection<Key> candidates, int limit) {
        int open = KeySyntax.indexOf(text, '(', 0);
        String path = (open < 0 ? text : text.substring(0, open)).replace("`", "");
        String name = path.substring(path.lastIndexOf('.') + 1);
        record Ranked(Key key, int distance) {}
        Set<String> told = new HashSet<>();
        return candidates.stream()
                .filter(key -> !key.name().startsWith("repoint$")) // what weaving adds
                .distinct()
                .map(key -> new Ranked(
                        key,
                        isCalled(key, path)
                                ? 0
                                : distance(path, key.owner() + "." + key.name()) + 2 * distance(name, key.name())))
                .filter(ranked -> ranked.distance <= Math.max(6, path.length()))
                .sorted(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::key))
                .filter(ranked -> told.add(meaning(ranked.key)))
                .limit(limit)
                .map(ranked -> ranked.key)
                .toList();
    }

    /// A method and its bridge, which differ in the class of the result alone, are one to whoever writes a key.
    private static String meaning(Key key) {
        return key.isField() || !key.descriptor().endsWith(";") ? key.fullText() : key.text();
    }

    /// Whether a member has that name in the source of another language.
    ///
    /// @param key the member
    /// @param path a class, or a package, and a name, without backticks
    /// @return whether that is what its source calls it
    public static boolean isCalled(Key key, String path) {
        return SourceNames.paths(key.owner(), key.name()).contains(path);
    }

    /// Levenshtein's distance: the fewest insertions, deletions and substitutions of one character.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
