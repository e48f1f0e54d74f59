package dev.repoint.linux.processor;

import java.lang.foreign.MemorySegment;

/// What the kernel puts on a thread's stack when it runs a signal handler, made by us: `struct rt_sigframe`. A thread
/// that returns into it (`rt_sigreturn`) goes on with the registers that it holds: so it finds its way back from what
/// it does for us without anybody's help.
///
/// @param address where it stands: below what of the stack is in use
/// @param bytes   memory of C
public record ReturnFrame(long address, MemorySegment bytes) {

    /// The address behind it.
    public long end() {
        return address + bytes.byteSize();
    }
}
