package dev.repoint.machine.plan;

import dev.repoint.machine.site.Patchable;
import java.util.List;

/// One patchable and what it is to lead to, after all names were found.
///
/// @param patchable with its sites
/// @param target      what it is to lead to
/// @param context     what errors name
/// @param notes     what stays, and why, as far as it is known by now
record ResolvedChange(Patchable patchable, ResolvedTarget target, ErrorContext context, List<UnchangedSite> notes) {}
