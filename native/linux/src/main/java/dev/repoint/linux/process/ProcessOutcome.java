package dev.repoint.linux.process;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import java.util.ArrayList;
import java.util.List;

/// The effect of a patch of another process on one patchable. Immutable.
///
/// @param module the name of its module
/// @param key    its identity there
/// @param before its target before the patch, as [dev.repoint.linux.NativeTarget#text] has it
/// @param target its target now
/// @param mechanism     by what it was redirected: its sites, or its entry
/// @param sites  the number of redirected places, with those of other modules that import it; of an entry 1 and
///     the target's own calls of it, which reach its default
/// @param notes  uses that no patch reaches, reasons for which the patch may not be safe; one line each
public record ProcessOutcome(
        String module,
        NativeKey key,
        String before,
        String target,
        Mechanism mechanism,
        int sites,
        List<String> notes) {

    /// Copies the list.
    public ProcessOutcome {
        notes = List.copyOf(notes);
    }

    /// The same with one more note.
    ProcessOutcome withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new ProcessOutcome(module, key, before, target, mechanism, sites, more);
    }
}
