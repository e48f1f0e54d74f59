package dev.repoint.linux.aarch64;

import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.seccomp.SystemCall;
import java.util.Map;

/// System calls of AArch64 (`asm-generic/unistd.h`).
final class ArmCalls {

    /// `AUDIT_ARCH_AARCH64`.
    private static final int AUDIT_ARCHITECTURE = 0xc000_00b7;
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("openat", 56),
            Map.entry("close", 57),
            Map.entry("read", 63),
            Map.entry("pread64", 67),
            Map.entry("pselect6", 72),
            Map.entry("newfstatat", 79),
            Map.entry("fstat", 80),
            Map.entry("restart_syscall", 128),
            Map.entry("rt_sigreturn", 139),
            Map.entry("getpid", 172),
            Map.entry("brk", 214),
            Map.entry("munmap", 215),
            Map.entry("mmap", 222),
            Map.entry("mprotect", 226));
    /// `FUTEX_WAIT_BITSET`: a condition, a semaphore, the end of a thread. Locks wait with `FUTEX_WAIT`.
    private static final int FUTEX_WAIT_BITSET = 9;
    private static final int EPOLL_PWAIT = 22;
    private static final int EPOLL_PWAIT2 = 441;
    private static final int FUTEX_COMMAND = 0x7f;

    private ArmCalls() {}

    static SystemCall of(String name, long... arguments) {
        Integer number = NUMBERS.get(name);
        if (number == null) {
            throw new IllegalArgumentException("system call " + name);
        }
        return SystemCall.of(AUDIT_ARCHITECTURE, name, number, arguments);
    }

    /// Whether a thread waits in a call for something outside of its process, or for a condition.
    static boolean isIdle(long number, RemoteRegisters registers) {
        return switch ((int) number) {
            case EPOLL_PWAIT, EPOLL_PWAIT2, 72, 73 -> true; // pselect6, ppoll
            case 63, 65, 202, 207, 212, 242, 243 -> true; // read, readv, accept, recvfrom, recvmsg, accept4, recvmmsg
            case 101, 115, 133, 137 -> true; // nanosleep, clock_nanosleep, rt_sigsuspend, rt_sigtimedwait
            case 95, 260 -> true; // waitid, wait4
            case 98 -> (registers.argument(1) & FUTEX_COMMAND) == FUTEX_WAIT_BITSET;
            default -> false;
        };
    }

    /// Whether the first argument of a call is an `epoll` instance.
    static boolean isEpoll(long number) {
        return number == EPOLL_PWAIT || number == EPOLL_PWAIT2;
    }

    /// Whether a stop ends a call that has done nothing: with `EINTR`, and for good (`signal(7)`, "Interruption of
    /// system calls and library functions by stop signals"). Of those of sockets it is so if there is a time limit.
    static boolean endsEarly(long number) {
        return switch ((int) number) {
            case 4, 137, 192, 193 -> true; // io_getevents, rt_sigtimedwait, semtimedop, semop
            case EPOLL_PWAIT, EPOLL_PWAIT2 -> true;
            case 63, 65, 207, 212, 243 -> true; // read, readv, recvfrom, recvmsg, recvmmsg
            case 64, 66, 206, 211, 269 -> true; // write, writev, sendto, sendmsg, sendmmsg
            case 202, 203, 242 -> true; // accept, connect, accept4
            default -> false;
        };
    }
}
