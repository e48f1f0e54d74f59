package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.seccomp.SystemCall;
import java.util.List;

/// What a thread of another process is borrowed for: which system calls it makes, so that none is borrowed
/// whose sandbox would end it for one. Immutable.
///
/// @param purpose  for people
/// @param calls    all that it makes
/// @param isForced whether a sandbox that cannot be looked into is trusted
public record RemoteTask(String purpose, List<SystemCall> calls, boolean isForced) {

    private static final long PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022;
    private static final long PRIVATE_DENYWRITE = 0x802;
    private static final long PRIVATE_FIXED_DENYWRITE = 0x812;
    private static final long CURRENT_FOLDER = -100;
    private static final long CLOSED_BY_EXEC = 0x80000;
    private static final long TYPICAL_ADDRESS = 0x7f00_0000_0000L;

    /// Copies the list.
    public RemoteTask {
        calls = List.copyOf(calls);
    }

    /// It maps memory for code.
    public static RemoteTask mapping(boolean isForced) {
        return new RemoteTask(
                "a patch",
                List.of(
                        call(
                                "mmap",
                                TYPICAL_ADDRESS,
                                Memory.PAGE,
                                Memory.READ | Memory.EXECUTE,
                                PRIVATE_ANONYMOUS_FIXED_NOREPLACE,
                                -1),
                        call("rt_sigreturn")),
                isForced);
    }

    /// It opens pages, stores words and closes the pages ([RemoteSteps]).
    public static RemoteTask storing(boolean isForced) {
        return new RemoteTask(
                "a patch without a stop",
                List.of(
                        call("mprotect", TYPICAL_ADDRESS, Memory.PAGE, Memory.READ | Memory.WRITE),
                        call("mprotect", TYPICAL_ADDRESS, Memory.PAGE, Memory.READ),
                        Processors.remote().pause(TYPICAL_ADDRESS),
                        call("rt_sigreturn")),
                isForced);
    }

    /// It calls a function that may allocate memory.
    public static RemoteTask calling(boolean isForced) {
        return new RemoteTask(
                "an unwind entry",
                List.of(
                        call("brk", TYPICAL_ADDRESS),
                        call("mmap", 0, Memory.PAGE, Memory.READ | Memory.WRITE, 0x22, -1),
                        call("rt_sigreturn")),
                isForced);
    }

    /// It loads a library ([RemoteLoader]): what the loader of a C library does for that.
    public static RemoteTask loading(boolean isForced) {
        return new RemoteTask(
                "loading a library",
                List.of(
                        call("openat", CURRENT_FOLDER, TYPICAL_ADDRESS, CLOSED_BY_EXEC),
                        call("read", 3, TYPICAL_ADDRESS, Memory.PAGE),
                        call("pread64", 3, TYPICAL_ADDRESS, Memory.PAGE),
                        call("fstat", 3, TYPICAL_ADDRESS),
                        call("newfstatat", 3, TYPICAL_ADDRESS, TYPICAL_ADDRESS),
                        call("mmap", 0, Memory.PAGE, Memory.READ, PRIVATE_DENYWRITE, 3),
                        call(
                                "mmap",
                                TYPICAL_ADDRESS,
                                Memory.PAGE,
                                Memory.READ | Memory.EXECUTE,
                                PRIVATE_FIXED_DENYWRITE,
                                3),
                        call("mprotect", TYPICAL_ADDRESS, Memory.PAGE, Memory.READ),
                        call("munmap", TYPICAL_ADDRESS, Memory.PAGE),
                        call("brk", TYPICAL_ADDRESS),
                        call("close", 3),
                        call("rt_sigreturn")),
                isForced);
    }

    private static SystemCall call(String name, long... arguments) {
        return Processors.remote().call(name, arguments);
    }
}
