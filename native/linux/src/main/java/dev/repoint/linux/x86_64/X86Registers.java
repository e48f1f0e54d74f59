package dev.repoint.linux.x86_64;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.processor.RemoteRegisters;
import java.lang.foreign.MemorySegment;

/// The general registers of a stopped thread, as `struct user_regs_struct` of x86-64 has them (`sys/user.h`).
///
/// @param bytes  memory of C, [#SIZE] bytes
/// @param vector an `iovec` of it
record X86Registers(MemorySegment bytes, MemorySegment vector) implements RemoteRegisters {

    static final long SIZE = 216;
    static final int R15 = 0;
    static final int R14 = 8;
    static final int R13 = 16;
    static final int R12 = 24;
    static final int RBP = 32;
    static final int RBX = 40;
    static final int R11 = 48;
    static final int R10 = 56;
    static final int R9 = 64;
    static final int R8 = 72;
    static final int RAX = 80;
    static final int RCX = 88;
    static final int RDX = 96;
    static final int RSI = 104;
    static final int RDI = 112;
    static final int ORIG_RAX = 120;
    static final int RIP = 128;
    static final int CS = 136;
    static final int EFLAGS = 144;
    static final int RSP = 152;
    static final int SS = 160;
    static final int FS_BASE = 168;

    private static final int GENERAL = 1; // NT_PRSTATUS
    private static final long TRAP_AND_DIRECTION = 0x500;
    private static final long SYS_RT_SIGRETURN = 15;
    private static final int[] ARGUMENTS = {RDI, RSI, RDX, R10, R8, R9};
    private static final long EINTR = -4;
    private static final long ENOSYS = -38;
    private static final long ERESTARTSYS = -512;
    private static final long ERESTARTNOINTR = -513;
    private static final long ERESTARTNOHAND = -514;
    private static final long ERESTART_RESTARTBLOCK = -516;
    private static final int SYSCALL_LENGTH = 2;

    /// @param room 216 bytes, and 16 for the `iovec`
    static X86Registers in(MemorySegment room) {
        X86Registers made = new X86Registers(room.asSlice(0, SIZE), room.asSlice(SIZE, 2L * Long.BYTES));
        made.vector.set(JAVA_LONG, 0, made.bytes.address());
        made.vector.set(JAVA_LONG, Long.BYTES, SIZE);
        return made;
    }

    @Override
    public int[] kinds() {
        return new int[] {GENERAL};
    }

    @Override
    public MemorySegment vector(int set) {
        return vector;
    }

    long get(int register) {
        return bytes.get(JAVA_LONG, register);
    }

    void set(int register, long value) {
        bytes.set(JAVA_LONG, register, value);
    }

    @Override
    public void copyFrom(RemoteRegisters other) {
        bytes.copyFrom(((X86Registers) other).bytes);
    }

    @Override
    public long programCounter() {
        return get(RIP);
    }

    @Override
    public void programCounter(long address) {
        set(RIP, address);
    }

    @Override
    public long stackPointer() {
        return get(RSP);
    }

    @Override
    public long threadPointer() {
        return get(FS_BASE);
    }

    @Override
    public long systemCall() {
        return get(ORIG_RAX);
    }

    @Override
    public long argument(int index) {
        return get(ARGUMENTS[index]);
    }

    @Override
    public long result() {
        return get(RAX);
    }

    @Override
    public boolean keepWaiting() {
        boolean ends = get(RAX) == EINTR
                && switch ((int) get(ORIG_RAX)) {
                    case 65, 220, 128, 208 -> true; // semop, semtimedop, rt_sigtimedwait, io_getevents
                    case 232, 281, 441 -> true; // epoll_wait, epoll_pwait, epoll_pwait2
                    case 0, 19, 45, 47, 299 -> true; // read, readv, recvfrom, recvmsg, recvmmsg
                    case 1, 20, 44, 46, 307 -> true; // write, writev, sendto, sendmsg, sendmmsg
                    case 42, 43, 288 -> true; // connect, accept, accept4
                    default -> false;
                };
        if (ends) {
            set(RAX, ERESTARTNOHAND);
        }
        return ends;
    }

    @Override
    public boolean waitAgain() {
        boolean goesOn = get(RAX) == ERESTART_RESTARTBLOCK && get(ORIG_RAX) >= 0;
        if (goesOn) {
            set(RAX, ERESTARTNOHAND);
        }
        return goesOn;
    }

    @Override
    public void makeAgain() {
        long call = get(ORIG_RAX);
        long result = get(RAX);
        boolean restarts = result == ERESTARTSYS
                || result == ERESTARTNOINTR
                || result == ERESTARTNOHAND
                || result == ERESTART_RESTARTBLOCK;
        if (call >= 0 && restarts) {
            set(RAX, call);
            set(RIP, get(RIP) - SYSCALL_LENGTH);
        }
        set(ORIG_RAX, -1);
    }

    @Override
    public boolean begins() {
        return get(RAX) == ENOSYS && get(ORIG_RAX) >= 0;
    }

    @Override
    public void makeLater() {
        set(RAX, get(ORIG_RAX));
        set(RIP, get(RIP) - SYSCALL_LENGTH);
        set(ORIG_RAX, -1);
    }

    @Override
    public long waitsIn() {
        long result = get(RAX);
        boolean waits = result == EINTR || result <= ERESTARTSYS && result >= ERESTART_RESTARTBLOCK;
        return waits ? get(ORIG_RAX) : -1;
    }

    @Override
    public void begin(long address, long frame, long trampoline) {
        set(RIP, address);
        set(RSP, frame); // its first word is the address of the trampoline
        set(ORIG_RAX, -1);
        set(EFLAGS, get(EFLAGS) & ~TRAP_AND_DIRECTION);
    }

    @Override
    public void argument(int index, long value) {
        set(ARGUMENTS[index], value);
    }

    @Override
    public void call(long number) {
        set(RAX, number);
    }

    @Override
    public void functions(long first, long second) {
        set(R12, first);
        set(R13, second);
        set(R14, 0);
        set(R15, 0);
    }

    @Override
    public long[] results() {
        return new long[] {get(R15), get(R14)};
    }

    @Override
    public boolean isGoingBack(long frame) {
        return get(ORIG_RAX) == SYS_RT_SIGRETURN && get(RSP) == frame + Long.BYTES;
    }

    @Override
    public void goBackLater(long trampoline) {
        set(ORIG_RAX, -1);
        set(RIP, trampoline);
    }
}
