package dev.repoint.cli.demo;

/// Who made an answer of the server: which checksum, and which tax.
///
/// @param byTable whether the checksum came from the target of the first change, and not from the default
/// @param rounded whether the tax came from the target of the second change, and not from the default
record Answer(boolean byTable, boolean rounded) {

    /// Whether the guarantees of a patch allow this answer: a request that begins after a change has returned
    /// never reaches what was before, one that ends before the change begins never reaches what comes after;
    /// and where one patch changes both, no request sees the new checksum and afterwards the old tax.
    ///
    /// @param begin the phase in which the request was sent
    /// @param end the phase in which its answer was there; the same or a later one
    boolean isAllowed(Phase begin, Phase end) {
        Phase[] phases = Phase.values();
        for (int first = begin.ordinal(); first <= end.ordinal(); first++) {
            for (int second = first; second <= end.ordinal(); second++) {
                boolean isTorn = first == second && phases[first] == Phase.RESETTING && !byTable && rounded;
                if (!isTorn
                        && isPossible(byTable, Phase.SETTING, phases[first])
                        && isPossible(rounded, Phase.LOADING, phases[second])) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether it came from a target that was set last, by what is set in a phase.
    ///
    /// @param phase the phase in which it was there
    boolean isByTarget(Phase phase) {
        return phase == Phase.FIXED ? byTable && rounded : byTable || rounded;
    }

    /// @param isTarget whether a call reached the target of a change
    /// @param change the phase in which that is set
    /// @param at when the call was made
    private static boolean isPossible(boolean isTarget, Phase change, Phase at) {
        return isTarget
                ? at.compareTo(change) >= 0 && at.compareTo(Phase.RESETTING) <= 0
                : at.compareTo(change) <= 0 || at.compareTo(Phase.RESETTING) >= 0;
    }
}
