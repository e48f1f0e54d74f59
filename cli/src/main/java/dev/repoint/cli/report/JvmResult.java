package dev.repoint.cli.report;

import dev.repoint.agent.control.PatchableStatus;
import java.nio.file.Path;
import java.util.List;

/// The patchables of Java that a running JVM has.
///
/// @param file       the process, as `process 4711`
/// @param patchables those that were asked for
public record JvmResult(Path file, List<PatchableStatus> patchables) implements SearchResult {

    /// Copies the list.
    public JvmResult {
        patchables = List.copyOf(patchables);
    }

    @Override
    public boolean isEmpty() {
        return patchables.isEmpty();
    }
}
