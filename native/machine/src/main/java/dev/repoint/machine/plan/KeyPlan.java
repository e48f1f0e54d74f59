package dev.repoint.machine.plan;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.Safety;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The part of a plan that concerns one patchable.
///
/// @param key            the text of its key; each pointer of a variable has its own
/// @param target         the new target: the name of a function, `nothing`, `zero` or `default`
/// @param mechanism      what is patched
/// @param safety         how safe it is to redirect its calls
/// @param changed        the number of sites, or entries, that change
/// @param alreadySet     the number of them that have the target already
/// @param edits          the bytes that change, in the order of the file
/// @param unchangedSites sites that keep their default, with the reasons
/// @param warnings       reasons not to use the new file, one line each
public record KeyPlan(
        String key,
        String target,
        Mechanism mechanism,
        Safety safety,
        int changed,
        int alreadySet,
        List<Edit> edits,
        List<UnchangedSite> unchangedSites,
        List<String> warnings) {

    /// Copies the lists.
    public KeyPlan {
        edits = List.copyOf(edits);
        unchangedSites = List.copyOf(unchangedSites);
        warnings = List.copyOf(warnings);
    }

    /// The part for the entry of a function.
    ///
    /// @param isChanged whether it has the target not already
    static KeyPlan ofEntry(
            String key,
            String target,
            Safety safety,
            boolean isChanged,
            List<UnchangedSite> unchangedSites,
            List<String> warnings) {
        return new KeyPlan(
                key,
                target,
                Mechanism.ENTRY,
                safety,
                isChanged ? 1 : 0,
                isChanged ? 0 : 1,
                List.of(),
                unchangedSites,
                warnings);
    }

    /// The same with its edits, when all are known.
    KeyPlan with(List<Edit> all) {
        return new KeyPlan(key, target, mechanism, safety, changed, alreadySet, all, unchangedSites, warnings);
    }

    /// Gives each part of a plan the edits that were made for its key.
    static List<KeyPlan> complete(List<KeyPlan> keys, List<Edit> edits) {
        Map<String, List<Edit>> byKey = new HashMap<>();
        for (Edit edit : edits) {
            byKey.computeIfAbsent(edit.key(), _ -> new ArrayList<>()).add(edit);
        }
        return keys.stream()
                .map(key -> key.with(byKey.getOrDefault(key.key(), List.of())))
                .toList();
    }

    /// The part of a plan while it is made.
    static final class Draft {
        private final EditList edits;
        private final List<UnchangedSite> unchanged = new ArrayList<>();
        private int changed;
        private int alreadySet;

        /// @param edits those of the whole plan
        Draft(EditList edits) {
            this.edits = edits;
        }

        /// Adds the edit of a site.
        void add(Edit edit) throws PlanException {
            edits.add(edit);
            if (edit.changes()) {
                changed++;
            } else {
                alreadySet++;
            }
        }

        /// Reports a site that does not change.
        void stays(UnchangedSite site) {
            unchanged.add(site);
        }

        /// Reports a site that does not change.
        void stays(ErrorContext site, String reason) {
            unchanged.add(new UnchangedSite(site.site(), reason));
        }

        /// The part of the plan; its edits follow, when all are known.
        KeyPlan plan(String key, String target, Safety safety, List<String> warnings) {
            return new KeyPlan(
                    key, target, Mechanism.SITES, safety, changed, alreadySet, List.of(), unchanged, warnings);
        }
    }
}
