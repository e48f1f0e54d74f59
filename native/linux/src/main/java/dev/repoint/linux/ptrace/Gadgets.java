package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;

/// Instructions that any program has somewhere, and that a thread of it can run.
///
/// @param syscall    `syscall; ret`
/// @param trampoline `mov $15,%rax; syscall`: what the C library has signal handlers return to
record Gadgets(long syscall, long trampoline) {

    private static final byte[] SYSCALL = {0x0f, 0x05, (byte) 0xc3};
    /// `syscall; cmp $-4095,%rax; jae over; ret`: what the C library has instead.
    private static final byte[] CHECKED_SYSCALL = {
        0x0f, 0x05, 0x48, 0x3d, 0x01, (byte) 0xf0, (byte) 0xff, (byte) 0xff, 0x73, 0x01, (byte) 0xc3
    };
    private static final byte[] TRAMPOLINE = {0x48, (byte) 0xc7, (byte) 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05};
    private static final byte[] SHORT_TRAMPOLINE = {(byte) 0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05};
    private static final int LARGEST = 64 << 20;

    /// Those of a process.
    ///
    /// @throws TraceException if it has none
    static Gadgets of(RemoteMemory memory, Mappings mappings) {
        long syscall = 0;
        long trampoline = 0;
        for (Mapping each : mappings.all()) {
            boolean known = each.path().startsWith("/") || each.path().equals("[vdso]");
            if (!each.isExecutable() || !each.isReadable() || !known || each.end() - each.start() > LARGEST) {
                continue;
            }
            byte[] code;
            try {
                code = memory.read(each.start(), (int) (each.end() - each.start()));
            } catch (CallFailedException e) {
                continue; // a file that was cut short
            }
            syscall = syscall != 0 ? syscall : find(code, each.start(), SYSCALL, CHECKED_SYSCALL);
            trampoline = trampoline != 0 ? trampoline : find(code, each.start(), TRAMPOLINE, SHORT_TRAMPOLINE);
            if (syscall != 0 && trampoline != 0) {
                return new Gadgets(syscall, trampoline);
            }
        }
        throw new TraceException("the process has no code that its threads can return through from a system call"
                + " (rt_sigreturn, as every C library has); it cannot be patched from outside");
    }

    private static long find(byte[] code, long start, byte[]... sequences) {
        for (byte[] sequence : sequences) {
            for (int i = 0; i + sequence.length <= code.length; i++) {
                int same = 0;
                while (same < sequence.length && code[i + same] == sequence[same]) {
                    same++;
                }
                if (same == sequence.length) {
                    return start + i;
                }
            }
        }
        return 0;
    }
}
