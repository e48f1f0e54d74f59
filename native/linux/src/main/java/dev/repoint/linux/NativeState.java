package dev.repoint.linux;

import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Safety;
import java.util.List;

/// A snapshot of a native patchable. Immutable.
///
/// @param module  the name of the module that has it
/// @param key     its identity there
/// @param target  what it leads to: `default`, or as [NativeTarget#text] has it
/// @param safety  how safe it is to point its calls elsewhere
/// @param sites   how many sites lead there, in all modules
/// @param changes how many times its target was changed
/// @param history the last changes, at most 32, the latest last
public record NativeState(
        String module,
        NativeKey key,
        String target,
        Safety safety,
        int sites,
        long changes,
        List<NativeChange> history) {

    /// Copies the list.
    public NativeState {
        history = List.copyOf(history);
    }
}
