package dev.repoint.linux;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Safety;
import java.util.List;

/// A snapshot of a native patchable. Immutable.
///
/// @param module  the name of its module
/// @param key     its identity there
/// @param target  its current target, as [NativeTarget#text] has it
/// @param safety  how safe it is to redirect its calls
/// @param sites   the number of its places in all modules
/// @param changes the number of changes of its target
/// @param mechanism what is patched: its sites, or its entry
/// @param history the last changes, at most 32, the latest last
public record NativeState(
        String module,
        NativeKey key,
        String target,
        Safety safety,
        int sites,
        long changes,
        Mechanism mechanism,
        List<NativeChange> history) {

    /// Copies the list.
    public NativeState {
        history = List.copyOf(history);
    }
}
