package dev.repoint.machine.plan;

import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import java.util.List;

/// One patchable and its new target, after all names were resolved.
///
/// @param patchable with its sites
/// @param context   the patchable, for error messages
/// @param notes     what is known already not to change
record ResolvedChange(Patchable patchable, ResolvedTarget target, ErrorContext context, List<UnchangedSite> notes) {

    /// Whether the patchable gets its default back.
    boolean isDefault() {
        return target instanceof ResolvedTarget.Default;
    }

    /// Whether a site lies in the target itself.
    boolean isInTarget(Site site) {
        return target instanceof ResolvedTarget.Code code
                && patchable.kind() == PatchableKind.FUNCTION
                && code.contains(site.address().value());
    }
}
