package dev.repoint.linux.aarch64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.linux.processor.RemoteCode;
import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.processor.ReturnFrame;
import dev.repoint.linux.seccomp.SystemCall;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Other processes on AArch64.
public enum ArmRemoteCode implements RemoteCode {
    /// It has no state.
    INSTANCE;

    /// `EM_AARCH64`.
    private static final int MACHINE = 183;
    /// `NT_ARM_SVE`, and `NT_PRFPREG` where there is no SVE.
    private static final int[] VECTORS = {0x405, 2};

    private static final int INSTRUCTION = 4;
    private static final long REACH = (1L << 27) - INSTRUCTION;
    private static final byte[] SYSCALL = {
        0x01,
        0,
        0,
        (byte) 0xd4, // svc #0
        (byte) 0xc0,
        0x03,
        0x5f,
        (byte) 0xd6 // ret
    };
    private static final byte[] TRAMPOLINE = {
        0x68,
        0x11,
        (byte) 0x80,
        (byte) 0xd2, // mov x8, #139: rt_sigreturn
        0x01,
        0,
        0,
        (byte) 0xd4 // svc #0
    };

    @Override
    public ElfMachine machine() {
        return ElfMachine.AARCH64;
    }

    @Override
    public int machineNumber() {
        return MACHINE;
    }

    @Override
    public long registersSize() {
        return ArmRegisters.ROOM;
    }

    @Override
    public RemoteRegisters registers(MemorySegment room) {
        return new ArmRegisters(room);
    }

    @Override
    public int[] vectors() {
        return VECTORS.clone();
    }

    /// AAPCS64, 6.4.5.1: what is below the stack pointer may be written by others.
    @Override
    public long redZone() {
        return 0;
    }

    @Override
    public ReturnFrame frame(
            long reserve, RemoteRegisters registers, long mask, MemorySegment vectors, long trampoline, Arena arena) {
        return ArmReturnFrame.of(reserve, (ArmRegisters) registers, mask, vectors, arena);
    }

    @Override
    public SystemCall call(String name, long... arguments) {
        return ArmCalls.of(name, arguments);
    }

    @Override
    public boolean isIdle(long call, RemoteRegisters registers) {
        return ArmCalls.isIdle(call, registers);
    }

    @Override
    public List<byte[]> systemCallGadgets() {
        return List.of(SYSCALL);
    }

    @Override
    public List<byte[]> trampolineGadgets() {
        return List.of(TRAMPOLINE);
    }

    @Override
    public long reach() {
        return REACH;
    }

    @Override
    public int instructionAlignment() {
        return INSTRUCTION;
    }

    @Override
    public byte[] stepsCode() {
        return ArmCodes.steps();
    }

    @Override
    public SystemCall pause(long typical) {
        return call("pselect6", 0, 0, 0, 0, typical, 0);
    }

    @Override
    public byte[] callCode() {
        return ArmCodes.call();
    }

    @Override
    public byte[] loadCode() {
        return ArmCodes.load();
    }

    @Override
    public byte[] veneer(Outcome outcome, int first) {
        try {
            return outcome instanceof Outcome.To(long target)
                    ? ArmCodes.far(target, first)
                    : Architectures.of(ElfMachine.AARCH64).veneer(outcome, 0);
        } catch (OutOfRange e) {
            throw new IllegalStateException(e); // one without a destination
        }
    }

    @Override
    public byte[] through(long word) {
        return ArmCodes.through(word);
    }

    @Override
    public byte[] throughTable(long table, int index) {
        return ArmCodes.throughTable(table, index);
    }
}
