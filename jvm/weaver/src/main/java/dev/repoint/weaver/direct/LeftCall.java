package dev.repoint.weaver.direct;

import dev.repoint.weaver.Site;

/// A call that keeps its meaning, because it cannot be pointed at the target.
///
/// @param site the call
/// @param reason one line
public record LeftCall(Site site, String reason) implements Comparable<LeftCall> {

    /// Compares by place, then reason.
    @Override
    public int compareTo(LeftCall other) {
        int bySite = site.compareTo(other.site);
        return bySite != 0 ? bySite : reason.compareTo(other.reason);
    }
}
