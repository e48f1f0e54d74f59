package dev.repoint.linux.process;

import dev.repoint.machine.site.NativeKey;
import java.util.List;

/// The effect of a patch of another process on one patchable. Immutable.
///
/// @param module the name of its module
/// @param key    its identity there
/// @param before its target before the patch, as [dev.repoint.linux.NativeTarget#text] has it
/// @param target its target now
/// @param sites  the number of redirected places, with those of other modules that import it
/// @param notes  uses that no patch reaches, reasons for which the patch may not be safe; one line each
public record ProcessOutcome(
        String module, NativeKey key, String before, String target, int sites, List<String> notes) {

    /// Copies the list.
    public ProcessOutcome {
        notes = List.copyOf(notes);
    }
}
