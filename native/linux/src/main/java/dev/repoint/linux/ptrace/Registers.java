package dev.repoint.linux.ptrace;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// The general registers of a stopped thread, as `struct user_regs_struct` of x86-64 has them (`sys/user.h`).
///
/// @param bytes memory of C, [#SIZE] bytes
record Registers(MemorySegment bytes) {

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

    private static final long EINTR = -4;
    private static final long ENOSYS = -38;
    private static final long ERESTARTSYS = -512;
    private static final long ERESTARTNOINTR = -513;
    private static final long ERESTARTNOHAND = -514;
    private static final long ERESTART_RESTARTBLOCK = -516;
    private static final int SYSCALL_LENGTH = 2;

    long get(int register) {
        return bytes.get(JAVA_LONG, register);
    }

    void set(int register, long value) {
        bytes.set(JAVA_LONG, register, value);
    }

    void copyFrom(Registers other) {
        bytes.copyFrom(other.bytes);
    }

    /// Makes a system call that a stop ends early one that goes on, unless a signal is handled: the kernel does
    /// this by itself for most, and not for these (`signal(7)`, "Interruption of system calls and library
    /// functions by stop signals"). Of those of sockets it is so if there is a time limit (`SO_RCVTIMEO`,
    /// `SO_SNDTIMEO`). None of them has done anything if it ends so.
    ///
    /// @return whether anything was changed
    boolean keepWaiting() {
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

    /// Makes a wait that would go on with what is left of its time begin again: its sandbox forbids
    /// `restart_syscall`.
    ///
    /// @return whether anything was changed
    boolean waitAgain() {
        boolean goesOn = get(RAX) == ERESTART_RESTARTBLOCK && get(ORIG_RAX) >= 0;
        if (goesOn) {
            set(RAX, ERESTARTNOHAND);
        }
        return goesOn;
    }

    /// Makes a system call that waits to be restarted one that is about to be made: what a thread can go on
    /// with that has done something else meanwhile. A wait with a time limit begins again.
    void makeAgain() {
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

    /// Whether the thread, which is stopped where a system call begins or ends, begins one.
    boolean begins() {
        return get(RAX) == ENOSYS && get(ORIG_RAX) >= 0;
    }

    /// Makes a system call that begins one that is still to be made.
    void makeLater() {
        set(RAX, get(ORIG_RAX));
        set(RIP, get(RIP) - SYSCALL_LENGTH);
        set(ORIG_RAX, -1);
    }

    /// Whether the thread waits in a system call; then which one, else -1.
    long waitsIn() {
        long result = get(RAX);
        boolean waits = result == EINTR || result <= ERESTARTSYS && result >= ERESTART_RESTARTBLOCK;
        return waits ? get(ORIG_RAX) : -1;
    }
}
