package dev.repoint.machine.diversion;

import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import java.util.List;

/// A function that a file is to have diverted.
///
/// @param key          as people call it
/// @param target       as people call it
/// @param outcome      what a call of the function is to do
/// @param patch        what diverts it
/// @param defaultCalls instructions of the target that call the function: they are to call its copy
public record WantedDiversion(
        String key, String target, Outcome outcome, EntryPatch patch, List<Instruction> defaultCalls) {

    /// Copies the list.
    public WantedDiversion {
        defaultCalls = List.copyOf(defaultCalls);
    }
}
