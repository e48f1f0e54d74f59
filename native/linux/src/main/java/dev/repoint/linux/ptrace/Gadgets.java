package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteCode;
import java.util.List;

/// Instructions that any program has somewhere, and that a thread of it can run.
///
/// @param syscall    a system call, and a return
/// @param trampoline a call of `rt_sigreturn`: what the C library has signal handlers return to
record Gadgets(long syscall, long trampoline) {

    private static final int LARGEST = 64 << 20;

    /// Those of a process.
    ///
    /// @throws TraceException if it has none
    static Gadgets of(RemoteMemory memory, Mappings mappings) {
        RemoteCode processor = Processors.remote();
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
            syscall = syscall != 0 ? syscall : find(code, each.start(), processor.systemCallGadgets());
            trampoline = trampoline != 0 ? trampoline : find(code, each.start(), processor.trampolineGadgets());
            if (syscall != 0 && trampoline != 0) {
                return new Gadgets(syscall, trampoline);
            }
        }
        throw new TraceException("the process has no code that its threads can return through from a system call"
                + " (rt_sigreturn, as every C library has); it cannot be patched from outside");
    }

    private static long find(byte[] code, long start, List<byte[]> sequences) {
        int step = Processors.remote().instructionAlignment();
        for (byte[] sequence : sequences) {
            for (int i = 0; i + sequence.length <= code.length; i += step) {
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
