package dev.repoint.linux.aarch64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;

/// What a site becomes while threads may run it: `b`, `bl` or `nop`, and nothing else, because the architecture promises
/// for no other instruction that a thread runs either the old one or the new one (Arm ARM, B2.2.5).
///
/// | site | another function | nothing | zero |
/// | --- | --- | --- | --- |
/// | `bl` call | `bl` | `nop` | `bl` to a zero veneer |
/// | `b` jump | `b` | `b` to a `ret` veneer | `b` to a zero veneer |
///
/// A target out of reach gets a veneer.
final class ArmSites {

    private static final Architecture ARCHITECTURE = Architectures.of(ElfMachine.AARCH64);
    private static final String PLACES = "; it can be patched in the file (repoint patch)";

    private ArmSites() {}

    static byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return switch (site.kind()) {
            case CALL -> call(site, old, outcome, veneers);
            case JUMP -> branch(site, old, outcome, veneers);
            case CONDITIONAL_JUMP ->
                throw new OutOfRange(
                        "a conditional branch is not among the instructions that AArch64 lets be changed while"
                                + " threads run them (b, bl, nop)" + PLACES);
            case POINTER_CALL, POINTER_JUMP ->
                throw new OutOfRange("a branch by a register is not among the instructions that AArch64 lets be changed"
                        + " while threads run them (b, bl, nop)" + PLACES);
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> ARCHITECTURE.encode(site, old, outcome, veneers);
        };
    }

    private static byte[] call(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return outcome instanceof Outcome.Nothing
                ? ARCHITECTURE.encode(site, old, outcome, veneers)
                : branch(site, old, outcome, veneers);
    }

    /// To a veneer where there is no target.
    private static byte[] branch(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers)
            throws OutOfRange {
        if (outcome instanceof Outcome.To) {
            return ARCHITECTURE.encode(site, old, outcome, veneers);
        }
        Instruction jump = new Instruction.Branch(SiteKind.JUMP, site.address(), site.length(), 0);
        long[] veneer = new long[1];
        // A jump asks for a veneer for the outcome zero only: so it is told what veneer to ask for.
        ARCHITECTURE.encode(jump, old, new Outcome.Zero(), (_, lowest, highest) -> {
            veneer[0] = veneers.veneer(outcome, lowest, highest);
            return veneer[0];
        });
        return ARCHITECTURE.encode(site, old, new Outcome.To(veneer[0]), veneers);
    }
}
