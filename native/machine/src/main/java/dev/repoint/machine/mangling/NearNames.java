package dev.repoint.machine.mangling;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The names that a mistyped one most likely meant.
public final class NearNames {

    private static final int SUGGESTIONS = 3;
    /// A name that shares less than two thirds of its characters was hardly meant.
    private static final int PART = 3;

    private NearNames() {}

    /// A question to end a message with.
    ///
    /// @return such as `; did you mean crc32 or crc64?`; empty where nothing resembles the name
    public static String question(String name, Collection<String> candidates) {
        List<String> near = to(name, candidates);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /// The nearest first, by the fewest characters to insert, delete or replace.
    public static List<String> to(String name, Collection<String> candidates) {
        record Ranked(String name, int distance) {}
        int most = Math.max(2, name.length() / PART);
        return candidates.stream()
                .map(Demangler::shown)
                .filter(each -> Math.abs(each.length() - name.length()) <= most)
                .distinct()
                .map(each -> new Ranked(each, distance(name, each)))
                .filter(ranked -> ranked.distance() <= most)
                .sorted(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::name))
                .limit(SUGGESTIONS)
                .map(Ranked::name)
                .toList();
    }

    /// Levenshtein's distance.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
