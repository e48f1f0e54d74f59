package dev.repoint.agent.control;

import java.util.List;
import java.util.Optional;

/// The properties of a JVM before anything is loaded into it.
///
/// @param version the Java version, for example `25`
/// @param patchables the patchables that its agent knows; empty if it has no agent
public record JvmLook(String version, Optional<List<PatchableStatus>> patchables) {

    /// Copies the list.
    public JvmLook {
        patchables = patchables.map(List::copyOf);
    }
}
