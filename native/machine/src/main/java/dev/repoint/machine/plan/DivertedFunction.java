package dev.repoint.machine.plan;

import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.diversion.WantedDiversion;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function that the new file is to have diverted.
///
/// @param patch what diverts it; null for one that the file has, until it is planned again
/// @param calls instructions of the target that call it
record DivertedFunction(
        String key,
        String target,
        Outcome outcome,
        @Nullable EntryPatch patch,
        List<Instruction> calls) {

    /// One that the file has.
    static DivertedFunction of(Diversion present) {
        return new DivertedFunction(present.key(), present.target(), present.outcome(), null, List.of());
    }

    boolean isPlanned() {
        return patch != null;
    }

    WantedDiversion wanted() {
        return new WantedDiversion(key, target, outcome, Objects.requireNonNull(patch), calls);
    }
}
