package dev.repoint.machine.instruction;

/// Brings veneers: a few instructions near a site that do what the site itself cannot.
///
/// Asked twice for the same, it may give the same veneer.
@FunctionalInterface
public interface VeneerSource {

    /// Has no veneers: an instruction that needs one is out of range.
    VeneerSource NONE = (outcome, lowest, highest) -> {
        throw new OutOfRange("no veneer can be put between 0x%x and 0x%x".formatted(lowest, highest));
    };

    /// The address of a veneer.
    ///
    /// @param outcome its effect; [Outcome.To] where the target is out of the site's range
    /// @param lowest  the lowest address that the site reaches
    /// @param highest the highest address that it reaches, this one too
    /// @return an address from lowest to highest, where [Architecture#veneer] of the outcome stands, or will
    /// @throws OutOfRange if there is no room within reach
    long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange;
}
