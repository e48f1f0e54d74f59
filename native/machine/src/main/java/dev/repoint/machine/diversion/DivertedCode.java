package dev.repoint.machine.diversion;

import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import java.io.ByteArrayOutputStream;

/// The code of a new segment while it grows: copies, and what stands between jumps and targets.
final class DivertedCode {

    /// As compilers align functions.
    private static final int ALIGNMENT = 16;

    private final Architecture architecture;
    private final long address;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// @param address a multiple of 16
    DivertedCode(Architecture architecture, long address) {
        this.architecture = architecture;
        this.address = address;
    }

    /// Adds the copy of a function.
    MovedCopy copy(EntryPatch patch) throws OutOfRange {
        MovedCopy copy = patch.copy(next());
        bytes.writeBytes(copy.bytes());
        return copy;
    }

    /// Where the jump of a function has to lead: to the target, or to code that leads there.
    long destination(EntryPatch patch, Outcome outcome) throws OutOfRange {
        long target = switch (outcome) {
            case Outcome.To(long known) -> known;
            case Outcome.Nothing(), Outcome.Zero() -> add(architecture.veneer(outcome, next()));
        };
        return patch.needsApproach() || !patch.reaches(target) ? add(patch.approach(next(), target)) : target;
    }

    private long add(byte[] code) {
        long at = next();
        bytes.writeBytes(code);
        return at;
    }

    /// The next place; what lies before it is filled with what runs into a trap or does nothing.
    private long next() {
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(0);
        }
        return address + bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
