package dev.repoint.machine.x86_64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.BranchFilter;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SweepListener;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// x86-64.
public enum X86_64 implements Architecture {
    /// It has no state.
    INSTANCE;

    @Override
    public ElfMachine machine() {
        return ElfMachine.X86_64;
    }

    @Override
    public RelocationUse use(int type) {
        return Relocations.use(type);
    }

    @Override
    public String relocationName(int type) {
        return Relocations.name(type);
    }

    @Override
    public @Nullable Instruction at(Code code, long field) {
        return SiteReader.at(code, field);
    }

    @Override
    public @Nullable Long pltSlot(Code code, long address) {
        return PltEntries.slot(code, address);
    }

    @Override
    public @Nullable Long veneerDestination(Code code, long address) {
        return Veneers.destination(code, address);
    }

    @Override
    public @Nullable Outcome veneerOutcome(Code code, long address) {
        return Veneers.outcome(code, address);
    }

    @Override
    public boolean sweep(Code function, SweepListener listener) {
        return Sweep.of(function, listener);
    }

    @Override
    public boolean mayBranch(Code function, BranchFilter filter) {
        return BranchSearch.any(function, filter);
    }

    @Override
    public boolean isPadding(Code gap) {
        return Padding.is(gap);
    }

    @Override
    public byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return SiteWriter.encode(site, old, outcome, veneers);
    }

    @Override
    public byte[] restore(Instruction original, byte[] now) throws OutOfRange {
        return SiteWriter.restore(original, now);
    }

    @Override
    public byte[] veneer(Outcome outcome, long address) {
        return Veneers.of(outcome);
    }

    @Override
    public int veneerAlignment() {
        return 1;
    }

    @Override
    public Mover mover() {
        return EntryMover.INSTANCE;
    }

    @Override
    public String disassemble(byte[] bytes, long address, LongFunction<@Nullable String> names) {
        return Disassembler.of(bytes, address, names);
    }
}
