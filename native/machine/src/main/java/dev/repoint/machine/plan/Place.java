package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.site.Site;

/// Where in a plan something concerns: what its errors name.
///
/// @param file as messages call it
/// @param key  as it was written
/// @param site as people read it; empty for the key itself
record Place(String file, String key, String site) {

    /// The key itself.
    static Place of(String file, String key) {
        return new Place(file, key, "");
    }

    /// One of its sites.
    Place at(Site each) {
        return at(describe(each));
    }

    Place at(String description) {
        return new Place(file, key, description);
    }

    /// Such as `call at 0x1139 in main`.
    static String describe(Site site) {
        return site.kind().text() + " at " + site.address() + (site.in().isEmpty() ? "" : " in " + site.in());
    }

    /// @param reason what was found, and what to do
    PlanException fails(String reason) {
        return PlanException.at(file, key, site, reason);
    }

    /// A target that an instruction does not reach, or a veneer that finds no room.
    PlanException fails(OutOfRange unreachable) {
        return fails(String.valueOf(unreachable.getMessage()));
    }
}
