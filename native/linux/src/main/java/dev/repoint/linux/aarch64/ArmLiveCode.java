package dev.repoint.linux.aarch64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.linux.call.EmittedFunction;
import dev.repoint.linux.call.ProcessFeatures;
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
import dev.repoint.machine.trap.aarch64.CacheCleaner;
import dev.repoint.machine.trap.aarch64.SiteEmulation;
import dev.repoint.machine.trap.aarch64.TrapHandler;
import dev.repoint.machine.trap.aarch64.UpcallGuard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Live code of AArch64. A store is seen by no fetch before the caches were cleaned; what processors have fetched
/// already, the barrier takes away.
public enum ArmLiveCode implements LiveCode {
    /// It has no state.
    INSTANCE;

    private static final Architecture ARCHITECTURE = Architectures.of(ElfMachine.AARCH64);
    private static final EntryJumps ENTRIES = new ArmEntryJumps();
    private static final int BTI_C = 0xd503245f; // bti c
    /// No debugger and no compiler uses this number.
    private static final int BRK = 0xd42a4a00; // brk #0x5250
    private static final int LEAF_LENGTH = 56;
    private static final Map<Long, Integer> PROTECTIONS = new ConcurrentHashMap<>();

    /// Made at the first use: on another processor this class may be there, but must emit nothing.
    private static final class Cleaner {
        private static final EmittedFunction FUNCTION = new EmittedFunction(CacheCleaner.emit());
    }

    @Override
    public Architecture architecture() {
        return ARCHITECTURE;
    }

    @Override
    public Optional<String> obstacle(List<String> status) {
        return ProcessFeatures.hasGuardedStack()
                ? Optional.of("this process has a guarded control stack (GCS), on which calls cannot be emulated;"
                        + " start it without (GLIBC_TUNABLES=glibc.cpu.aarch64_gcs=0)")
                : Optional.empty();
    }

    @Override
    public int trap() {
        return BRK;
    }

    @Override
    public int trapLength() {
        return Integer.BYTES;
    }

    @Override
    public @Nullable Emulation emulation(long bytes, int length, long address) {
        return SiteEmulation.of(bytes, length, address);
    }

    @Override
    public byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return ArmSites.encode(site, old, outcome, veneers);
    }

    @Override
    public byte[] veneer(Outcome outcome, long address) {
        return ArmVeneers.of(outcome);
    }

    @Override
    public byte[] handler(TrapSignal signal, long state) {
        if (signal != TrapSignal.BREAKPOINT) {
            throw new IllegalArgumentException("no thread gets " + signal + " here");
        }
        return TrapHandler.emit(state);
    }

    @Override
    public byte[] gate() {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(BTI_C)
                .putInt(BRK)
                .array();
    }

    @Override
    public int gateTrap() {
        return Integer.BYTES;
    }

    @Override
    public byte[] guard(JavaMachine machine, long slots, long method, long function) {
        return UpcallGuard.emit(machine, slots, method, function);
    }

    @Override
    public byte[] leafFrame(long code, long length) {
        ByteBuffer entry = ByteBuffer.allocate(LEAF_LENGTH + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(20).putInt(0); // a common information entry
        entry.put((byte) 1).put(new byte[] {'z', 'R', 0});
        entry.put((byte) 4).put((byte) 0x78).put((byte) 30); // code by 4, data by -8, the return address is in x30
        entry.put((byte) 1).put((byte) 0); // R: DW_EH_PE_absptr
        entry.put(new byte[] {0x0c, 31, 0}); // DW_CFA_def_cfa: sp + 0
        entry.position(24); // DW_CFA_nop
        entry.putInt(28).putInt(28); // a frame description entry, 28 bytes behind its common one
        entry.putLong(code).putLong(length).put((byte) 0);
        return entry.array();
    }

    @Override
    public EntryJumps entries() {
        return ENTRIES;
    }

    @Override
    public void synchronise(long[] addresses, int count) {
        if (count > 0) {
            Cleaner.FUNCTION.call(addresses, count);
        }
    }

    /// Asked once of each mapping: the kernel takes milliseconds to answer, and what is patched stays mapped.
    @Override
    public int keptProtection(long start) {
        return PROTECTIONS.computeIfAbsent(start, each -> BranchGuard.isGuarded(each) ? BranchGuard.PROTECTION : 0);
    }

    @Override
    public Optional<String> landingProblem(long target) {
        return !BranchGuard.isLandingPad(target) && BranchGuard.isGuarded(target)
                ? Optional.of(
                        "0x%x is in a page that is guarded (BTI) and does not begin with a landing pad, so no pointer"
                                        .formatted(target)
                                + " and no veneer may lead there; compile it with -mbranch-protection=standard, and"
                                + " take its address somewhere")
                : Optional.empty();
    }
}
