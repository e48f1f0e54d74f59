package dev.repoint.machine.plan;

import java.util.HashSet;
import java.util.Set;

/// What is decided while a plan for a linked file is made.
///
/// @param edits     all changes so far
/// @param targets   the addresses of the code that some patchable of the plan is to lead to
/// @param touched   the addresses of all sites that the plan decides about
/// @param abandoned where sites led before that the plan changes
record PlanDraft(EditList edits, Set<Long> targets, Set<Long> touched, Set<Long> abandoned) {

    static PlanDraft of(String file) {
        return new PlanDraft(new EditList(file), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }
}
