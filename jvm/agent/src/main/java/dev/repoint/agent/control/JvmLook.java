package dev.repoint.agent.control;

import java.util.List;
import java.util.Optional;

/// What is found of a JVM without loading anything into it.
///
/// @param version of Java, such as `25`
/// @param patchables those that its agent knows; empty if it has no agent
public record JvmLook(String version, Optional<List<PatchableStatus>> patchables) {

    /// Copies the list.
    public JvmLook {
        patchables = patchables.map(List::copyOf);
    }
}
