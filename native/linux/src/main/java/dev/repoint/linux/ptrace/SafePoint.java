package dev.repoint.linux.ptrace;

/// Where a thread may be when it is borrowed.
enum SafePoint {
    /// Anywhere.
    ANY,
    /// In any system call that waits.
    WAITING,
    /// In a system call in which a thread waits for something outside of its process, or for a condition; so it
    /// holds neither the lock of `malloc` nor that of the loader, and it does not wait for one of them either.
    IDLE;

    /// `FUTEX_WAIT_BITSET`: a condition, a semaphore, the end of a thread. Locks wait with `FUTEX_WAIT`.
    private static final int FUTEX_WAIT_BITSET = 9;
    private static final int FUTEX_COMMAND = 0x7f;

    /// Whether a thread is at such a place.
    boolean holds(Registers registers) {
        long call = registers.waitsIn();
        return switch (this) {
            case ANY -> true;
            case WAITING -> call >= 0;
            case IDLE -> isIdle((int) call, registers);
        };
    }

    /// Whether a thread that is stopped at the beginning of a system call comes to such a place by it.
    boolean begins(Registers registers) {
        return registers.begins() && isIdle((int) registers.get(Registers.ORIG_RAX), registers);
    }

    private static boolean isIdle(int call, Registers registers) {
        return switch (call) {
            case 0, 7, 19, 23, 34, 35, 43, 45, 47, 61 -> true; // read, poll, readv, select, pause, nanosleep, accept,
            // recvfrom, recvmsg, wait4
            case 128, 130, 230, 232, 247, 270, 271, 281, 288, 299, 441 -> true; // rt_sigtimedwait, rt_sigsuspend,
            // clock_nanosleep, epoll_wait, waitid, pselect6, ppoll, epoll_pwait, accept4, recvmmsg, epoll_pwait2
            case 202 -> (registers.get(Registers.RSI) & FUTEX_COMMAND) == FUTEX_WAIT_BITSET;
            default -> false;
        };
    }
}
