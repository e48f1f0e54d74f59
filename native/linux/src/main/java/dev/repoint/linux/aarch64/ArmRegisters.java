package dev.repoint.linux.aarch64;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.processor.StoppedThread;
import java.lang.foreign.MemorySegment;

/// The general registers of a stopped thread of AArch64 (`arch/arm64/include/uapi/asm/ptrace.h`).
///
/// | at | what | set |
/// | --- | --- | --- |
/// | 0 | `x0` to `x30`, `sp`, `pc`, `pstate` | `NT_PRSTATUS` |
/// | 272 | the number of the system call, 4 bytes | `NT_ARM_SYSTEM_CALL` |
/// | 280 | the thread pointer | `NT_ARM_TLS` |
///
/// Restarts differ from x86-64 (`do_signal` in `arch/arm64/kernel/signal.c`). As a thread is stopped in a system call that
/// will be made once more, the kernel has already put `x0` and `pc` back to where the call is about to be made, and has
/// forgotten its number. So such a thread is one whose next instruction is `svc #0`, and `x8` holds the number. Of a call
/// that a stop ends with `EINTR` the first argument is lost, so what the thread is in is read before it is asked to stop
/// ([#complete]).
///
/// In a stop where a system call begins or ends, `x7` says which, and cannot be read or written.
final class ArmRegisters implements RemoteRegisters {

    /// With an `iovec` for each set.
    static final long ROOM = 288 + 3 * 16L;
    static final int X0 = 0;
    static final int X7 = 56;
    static final int X8 = 64;
    static final int X19 = 152;
    static final int X20 = 160;
    static final int X21 = 168;
    static final int X22 = 176;
    static final int X30 = 240;
    static final int SP = 248;
    static final int PC = 256;
    static final int PSTATE = 264;
    static final int GENERAL_SIZE = 272;
    private static final int CALL = 272;
    private static final int THREAD_POINTER = 280;
    private static final int[] KINDS = {1, 0x404, 0x401};
    private static final int[] STARTS = {0, CALL, THREAD_POINTER};
    private static final int[] SIZES = {GENERAL_SIZE, Integer.BYTES, Long.BYTES};
    private static final int VECTORS = 288;

    /// Where an indirect branch has landed (`BTYPE`), and that of a single step (`SS`).
    private static final long PENDING_STATE = 3L << 10 | 1L << 21;
    private static final int SVC = 0xd400_0001;
    private static final int LENGTH = 4;
    private static final int NONE = -1;
    private static final long EINTR = -4;
    private static final long BEGINS = 0;
    private static final int RT_SIGRETURN = 139;

    private final MemorySegment bytes;
    /// The system call that the thread waits in; negative if it is in none.
    private long waits = NONE;
    /// Whether a stop has ended that call.
    private boolean isEnded;
    /// With which first argument it was made.
    private long first;

    /// @param room memory of C, [#ROOM] bytes
    ArmRegisters(MemorySegment room) {
        this.bytes = room;
        for (int i = 0; i < KINDS.length; i++) {
            MemorySegment vector = vector(i);
            vector.set(JAVA_LONG, 0, room.address() + STARTS[i]);
            vector.set(JAVA_LONG, Long.BYTES, SIZES[i]);
        }
    }

    @Override
    public int[] kinds() {
        return KINDS.clone();
    }

    @Override
    public MemorySegment vector(int set) {
        return bytes.asSlice(VECTORS + 16L * set, 16);
    }

    long get(int register) {
        return bytes.get(JAVA_LONG, register);
    }

    private void set(int register, long value) {
        bytes.set(JAVA_LONG, register, value);
    }

    MemorySegment general() {
        return bytes.asSlice(0, GENERAL_SIZE);
    }

    @Override
    public void copyFrom(RemoteRegisters other) {
        ArmRegisters from = (ArmRegisters) other;
        MemorySegment.copy(from.bytes, 0, bytes, 0, VECTORS);
        waits = from.waits;
        isEnded = from.isEnded;
        first = from.first;
    }

    @Override
    public boolean forgetArguments() {
        return true;
    }

    @Override
    public void complete(StoppedThread thread) {
        waits = NONE;
        isEnded = false;
        long code = thread.word(get(PC) - LENGTH);
        if ((int) (code >>> Integer.SIZE) == SVC) {
            waits = get(X8);
        } else if ((int) code == SVC && get(X0) == EINTR && ArmCalls.endsEarly(get(X8))) {
            String[] before = thread.systemCallBefore().split(" ");
            first = isSame(before) ? hex(before[1]) : ArmCalls.isEpoll(get(X8)) ? thread.onlyEpoll() : NONE;
            isEnded = first >= 0;
            waits = isEnded ? get(X8) : NONE;
        }
    }

    /// Whether a line of `/proc/PID/syscall` is about the call that has ended: its number, the arguments that are still
    /// there, the stack pointer and the place are the same.
    private boolean isSame(String[] line) {
        boolean same = line.length == 9
                && line[0].equals(Long.toString(get(X8)))
                && hex(line[7]) == get(SP)
                && hex(line[8]) == get(PC);
        for (int i = 1; same && i < 6; i++) {
            same = hex(line[1 + i]) == argument(i);
        }
        return same;
    }

    private static long hex(String word) {
        return Long.parseUnsignedLong(word.substring(2), 16);
    }

    @Override
    public long programCounter() {
        return get(PC);
    }

    @Override
    public void programCounter(long address) {
        set(PC, address);
    }

    @Override
    public long stackPointer() {
        return get(SP);
    }

    @Override
    public long threadPointer() {
        return get(THREAD_POINTER);
    }

    @Override
    public long systemCall() {
        return bytes.get(JAVA_INT, CALL);
    }

    @Override
    public long argument(int index) {
        return get(index * Long.BYTES);
    }

    @Override
    public long result() {
        return get(X0);
    }

    @Override
    public boolean keepWaiting() {
        boolean ended = isEnded;
        if (ended) {
            set(X0, first);
            set(PC, get(PC) - LENGTH);
            isEnded = false;
        }
        return ended;
    }

    /// Not possible: the kernel does not show which of the two it will be.
    @Override
    public boolean waitAgain() {
        return false;
    }

    /// It is so from the start.
    @Override
    public void makeAgain() {
        bytes.set(JAVA_INT, CALL, NONE);
    }

    @Override
    public boolean begins() {
        return systemCall() >= 0 && get(X7) == BEGINS;
    }

    @Override
    public void makeLater() {
        set(PC, get(PC) - LENGTH);
        bytes.set(JAVA_INT, CALL, NONE);
    }

    @Override
    public long waitsIn() {
        return waits;
    }

    @Override
    public void begin(long address, long frame, long trampoline) {
        set(PC, address);
        set(SP, frame);
        set(X30, trampoline);
        set(PSTATE, get(PSTATE) & ~PENDING_STATE);
        bytes.set(JAVA_INT, CALL, NONE);
    }

    @Override
    public void argument(int index, long value) {
        set(index * Long.BYTES, value);
    }

    @Override
    public void call(long number) {
        set(X8, number);
    }

    @Override
    public void functions(long first, long second) {
        set(X19, first);
        set(X20, second);
        set(X21, 0);
        set(X22, 0);
    }

    @Override
    public long[] results() {
        return new long[] {get(X21), get(X22)};
    }

    @Override
    public boolean isGoingBack(long frame) {
        return begins() && get(X8) == RT_SIGRETURN && get(SP) == frame;
    }

    @Override
    public void goBackLater(long trampoline) {
        set(PC, trampoline);
        bytes.set(JAVA_INT, CALL, NONE);
    }
}
