package dev.repoint.it.machine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A small choice of builds that has every pair of choices that can occur together at least once.
///
/// Faults of tools mostly need two choices to meet; to try all would take most of an hour. Greedy: the build
/// with the most new pairs comes next. That is not the smallest choice, but it is always the same one.
final class Pairs {

    private Pairs() {}

    /// The builds to try.
    ///
    /// @param builds all that are possible
    static List<Build> cover(List<Build> builds) {
        Set<List<String>> missing = new HashSet<>();
        for (Build build : builds) {
            missing.addAll(pairs(build));
        }
        List<Build> chosen = new ArrayList<>();
        while (!missing.isEmpty()) {
            Build best = builds.getFirst();
            long most = -1;
            for (Build build : builds) {
                long fresh = pairs(build).stream().filter(missing::contains).count();
                if (fresh > most) {
                    most = fresh;
                    best = build;
                }
            }
            chosen.add(best);
            missing.removeAll(pairs(best));
        }
        return chosen;
    }

    /// All pairs of its choices.
    static Set<List<String>> pairs(Build build) {
        List<String> choices = build.choices();
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < choices.size(); i++) {
            for (int j = i + 1; j < choices.size(); j++) {
                pairs.add(List.of(choices.get(i), choices.get(j)));
            }
        }
        return pairs;
    }
}
