package dev.repoint.linux.x86_64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.TrapSignal;
import dev.repoint.machine.trap.x86_64.SiteEmulation;
import dev.repoint.machine.trap.x86_64.TrapHandler;
import dev.repoint.machine.trap.x86_64.UpcallGuard;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Live code of x86-64. Stores are seen by all processors; what they have fetched already, the barrier takes away.
public enum X86LiveCode implements LiveCode {
    /// It has no state.
    INSTANCE;

    private static final Architecture ARCHITECTURE = Architectures.of(ElfMachine.X86_64);
    private static final EntryJumps ENTRIES = new X86EntryJumps();
    private static final byte[] GATE = {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa, (byte) 0xcc}; // endbr64; int3
    private static final int INT3 = 0xcc;

    @Override
    public Architecture architecture() {
        return ARCHITECTURE;
    }

    @Override
    public Optional<String> obstacle(List<String> status) {
        // Threads take the feature from the one that starts them.
        return status.stream().anyMatch(line -> line.startsWith("x86_Thread_features:") && line.contains("shstk"))
                ? Optional.of("this process has a shadow stack (CET), on which calls cannot be emulated;"
                        + " start it without (GLIBC_TUNABLES=glibc.cpu.x86_shstk=off)")
                : Optional.empty();
    }

    @Override
    public int trap() {
        return INT3;
    }

    @Override
    public int trapLength() {
        return 1;
    }

    @Override
    public @Nullable Emulation emulation(long bytes, int length, long address) {
        return SiteEmulation.of(bytes, length, address);
    }

    @Override
    public byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return ARCHITECTURE.encode(site, old, outcome, veneers);
    }

    @Override
    public byte[] veneer(Outcome outcome, long address) throws OutOfRange {
        return ARCHITECTURE.veneer(outcome, address);
    }

    @Override
    public byte[] handler(TrapSignal signal, long state) {
        return TrapHandler.emit(signal, state);
    }

    @Override
    public byte[] gate() {
        return GATE.clone();
    }

    @Override
    public int gateTrap() {
        return GATE.length - 1;
    }

    @Override
    public byte[] guard(JavaMachine machine, long slots, long method, long function) {
        return UpcallGuard.emit(machine, slots, method, function);
    }

    @Override
    public byte[] leafFrame(long code, long length) {
        return X86LeafFrame.of(code, length);
    }

    @Override
    public byte[] unwindFinder(long table) {
        return X86UnwindFinder.code(table);
    }

    @Override
    public EntryJumps entries() {
        return ENTRIES;
    }

    @Override
    public boolean isWrittenByKernel() {
        return true;
    }
}
