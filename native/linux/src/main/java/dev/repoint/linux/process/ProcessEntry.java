package dev.repoint.linux.process;

import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryVerdict;

/// How a function of another process is patched at its entry. Immutable.
///
/// @param module  the file of the function
/// @param verdict what is to be written
record ProcessEntry(EntryModule module, EntryVerdict.Accepted verdict) {

    /// Whether a call is among the instructions that are moved.
    boolean calls() {
        return verdict.patch().moved().stream().anyMatch(each -> each.flow().isCall());
    }
}
