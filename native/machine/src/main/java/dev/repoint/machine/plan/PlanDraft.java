package dev.repoint.machine.plan;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decisions of a plan for a linked file while it is made.
///
/// @param edits     all changes so far
/// @param targets   the addresses of the new targets
/// @param touched   the addresses of all sites that the plan decides about
/// @param abandoned the addresses that changed sites went to before
record PlanDraft(EditList edits, Set<Long> targets, Set<Long> touched, Set<Long> abandoned) {

    static PlanDraft of(String file) {
        return new PlanDraft(new EditList(file), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    /// Decides about a place.
    ///
    /// @param before the address that it went to before; null if none is known
    void touch(long address, @Nullable Long before) {
        touched.add(address);
        if (before != null) {
            abandoned.add(before);
        }
    }
}
