package dev.repoint.machine.plan;

/// A use of a patchable that a plan leaves as it is, and why.
///
/// @param site   as people read it: `address at 0x1139 in main`
/// @param reason one line
public record UnchangedSite(String site, String reason) {

    /// Uses that are no sites.
    static UnchangedSite uses(String reason) {
        return new UnchangedSite("uses that are no sites", reason);
    }
}
