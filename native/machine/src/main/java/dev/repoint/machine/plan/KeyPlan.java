package dev.repoint.machine.plan;

import dev.repoint.machine.site.Safety;
import java.util.List;

/// The part of a plan that concerns one patchable.
///
/// @param key       the patchable, as the text of its key; of a variable with several pointers each is one of
///     its own
/// @param target    what it will lead to: the name of a function, `nothing`, `zero` or `default`
/// @param safety    how safe it is to point its calls elsewhere
/// @param changed   how many sites change
/// @param alreadySet how many sites lead there already
/// @param edits     the bytes that change, in the order of the file
/// @param unchangedSites    what stays with the default, and why
/// @param warnings  what to know before such a file is used, one line each
public record KeyPlan(
        String key,
        String target,
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

    /// The same with its edits, when all are known.
    KeyPlan with(List<Edit> all) {
        return new KeyPlan(key, target, safety, changed, alreadySet, all, unchangedSites, warnings);
    }
}
