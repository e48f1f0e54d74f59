package dev.repoint.linux.process;

import java.util.List;

/// What a patch of another process did to one patchable. Immutable.
///
/// @param module the name of the module that has it
/// @param key    its identity there
/// @param before the target that it had, `default` if none was set
/// @param target the one that it has
/// @param sites  how many places lead there, those of other modules that import it included
/// @param notes  what is to be known, one line each: uses that no patch reaches, why it may not be safe
public record ProcessOutcome(String module, String key, String before, String target, int sites, List<String> notes) {

    /// Copies the list.
    public ProcessOutcome {
        notes = List.copyOf(notes);
    }
}
