package dev.repoint.linux.x86_64;

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
import java.util.Map;

/// Other processes on x86-64.
public enum X86RemoteCode implements RemoteCode {
    /// It has no state.
    INSTANCE;

    /// `EM_X86_64`.
    private static final int MACHINE = 62;
    /// `AUDIT_ARCH_X86_64`.
    private static final int AUDIT_ARCHITECTURE = 0xc000_003e;
    /// `asm/unistd_64.h`.
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("read", 0),
            Map.entry("close", 3),
            Map.entry("fstat", 5),
            Map.entry("mmap", 9),
            Map.entry("mprotect", 10),
            Map.entry("munmap", 11),
            Map.entry("brk", 12),
            Map.entry("rt_sigreturn", 15),
            Map.entry("pread64", 17),
            Map.entry("select", 23),
            Map.entry("getpid", 39),
            Map.entry("restart_syscall", 219),
            Map.entry("openat", 257),
            Map.entry("newfstatat", 262));
    /// `NT_X86_XSTATE`.
    private static final int[] VECTORS = {0x202};
    /// `FUTEX_WAIT_BITSET`: a condition, a semaphore, the end of a thread. Locks wait with `FUTEX_WAIT`.
    private static final int FUTEX_WAIT_BITSET = 9;
    private static final int FUTEX_COMMAND = 0x7f;
    private static final byte[] SYSCALL = {0x0f, 0x05, (byte) 0xc3};
    /// `syscall; cmp $-4095,%rax; jae over; ret`: what the C library has instead.
    private static final byte[] CHECKED_SYSCALL = {
        0x0f, 0x05, 0x48, 0x3d, 0x01, (byte) 0xf0, (byte) 0xff, (byte) 0xff, 0x73, 0x01, (byte) 0xc3
    };
    private static final byte[] TRAMPOLINE = {0x48, (byte) 0xc7, (byte) 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05};
    private static final byte[] SHORT_TRAMPOLINE = {(byte) 0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05};

    @Override
    public ElfMachine machine() {
        return ElfMachine.X86_64;
    }

    @Override
    public int machineNumber() {
        return MACHINE;
    }

    @Override
    public long registersSize() {
        return X86Registers.SIZE + 2L * Long.BYTES;
    }

    @Override
    public RemoteRegisters registers(MemorySegment room) {
        return X86Registers.in(room);
    }

    @Override
    public int[] vectors() {
        return VECTORS.clone();
    }

    @Override
    public long redZone() {
        return X86ReturnFrame.RED_ZONE;
    }

    @Override
    public ReturnFrame frame(
            long reserve, RemoteRegisters registers, long mask, MemorySegment vectors, long trampoline, Arena arena) {
        return X86ReturnFrame.of(reserve, (X86Registers) registers, mask, vectors, trampoline, arena);
    }

    @Override
    public SystemCall call(String name, long... arguments) {
        Integer number = NUMBERS.get(name);
        if (number == null) {
            throw new IllegalArgumentException("system call " + name);
        }
        return SystemCall.of(AUDIT_ARCHITECTURE, name, number, arguments);
    }

    @Override
    public boolean isIdle(long call, RemoteRegisters registers) {
        return switch ((int) call) {
            case 0, 7, 19, 23, 34, 35, 43, 45, 47, 61 -> true; // read, poll, readv, select, pause, nanosleep, accept,
            // recvfrom, recvmsg, wait4
            case 128, 130, 230, 232, 247, 270, 271, 281, 288, 299, 441 -> true; // rt_sigtimedwait, rt_sigsuspend,
            // clock_nanosleep, epoll_wait, waitid, pselect6, ppoll, epoll_pwait, accept4, recvmmsg, epoll_pwait2
            case 202 -> (registers.argument(1) & FUTEX_COMMAND) == FUTEX_WAIT_BITSET;
            default -> false;
        };
    }

    @Override
    public List<byte[]> systemCallGadgets() {
        return List.of(SYSCALL, CHECKED_SYSCALL);
    }

    @Override
    public List<byte[]> trampolineGadgets() {
        return List.of(TRAMPOLINE, SHORT_TRAMPOLINE);
    }

    @Override
    public long reach() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int instructionAlignment() {
        return 1;
    }

    @Override
    public byte[] stepsCode() {
        return X86Codes.STEPS.clone();
    }

    @Override
    public SystemCall pause(long typical) {
        return call("select", 0, 0, 0, 0, typical);
    }

    @Override
    public byte[] callCode() {
        return X86Codes.CALL.clone();
    }

    @Override
    public byte[] loadCode() {
        return X86Codes.LOAD.clone();
    }

    @Override
    public byte[] veneer(Outcome outcome, int first) {
        try {
            return Architectures.of(ElfMachine.X86_64).veneer(outcome, 0);
        } catch (OutOfRange e) {
            throw new IllegalStateException(e); // one of x86-64 reaches everything
        }
    }

    @Override
    public byte[] through(long word) {
        return X86ThroughMemory.word(word);
    }

    @Override
    public byte[] throughTable(long table, int index) {
        return X86ThroughMemory.slot(table, index);
    }

    @Override
    public byte[] leafFrame(long code, long length) {
        return X86LeafFrame.of(code, length);
    }

    @Override
    public byte[] unwindFinder(long table) {
        return X86UnwindFinder.code(table);
    }
}
