package dev.repoint.linux.x86_64;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.repoint.linux.processor.ReturnFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Makes a [ReturnFrame]: `struct rt_sigframe` of x86-64 (`arch/x86/include/asm/sigframe.h`,
/// `arch/x86/kernel/fpu/signal.c`).
///
/// | at | what |
/// | --- | --- |
/// | 0 | the return address: code that calls `rt_sigreturn` |
/// | 8 | `struct ucontext`: the registers, and the blocked signals |
/// | 440, and up to a multiple of 64 | the floating-point and vector registers as `xsave` stores them |
final class X86ReturnFrame {

    static final long RED_ZONE = 128;
    private static final long CONTEXT = 8;
    private static final long REGISTERS = CONTEXT + 40;
    private static final long MASK = CONTEXT + 296;
    private static final long HEAD = 440;
    /// `UC_FP_XSTATE | UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS`.
    private static final long CONTEXT_FLAGS = 7;
    /// No flags of a signal stack, so the kernel leaves the thread's as it is.
    private static final int NO_SIGNAL_STACK = 0x7ff;
    /// The order of `struct sigcontext`.
    private static final int[] ORDER = {
        X86Registers.R8, X86Registers.R9, X86Registers.R10, X86Registers.R11, X86Registers.R12, X86Registers.R13,
                X86Registers.R14,
        X86Registers.R15, X86Registers.RDI, X86Registers.RSI, X86Registers.RBP, X86Registers.RBX, X86Registers.RDX,
                X86Registers.RAX,
        X86Registers.RCX, X86Registers.RSP, X86Registers.RIP, X86Registers.EFLAGS
    };
    private static final long SOFTWARE_BYTES = 464;
    private static final long LEGACY_SIZE = 576;
    private static final int MAGIC_1 = 0x46505853;
    private static final int MAGIC_2 = 0x46505845;
    /// Where the tiles of AMX begin. They count only in processes that asked for them.
    private static final long TILES = 2752;
    private static final long WITHOUT_TILES = 2696;
    private static final int FIRST_TILE_FEATURE = 17;

    private X86ReturnFrame() {}

    /// @param reserve    how many bytes are to be left free above it
    /// @param registers  that the thread is to go on with
    /// @param mask       the signals that it blocks then
    /// @param vectors    its floating-point and vector registers, as `PTRACE_GETREGSET` gives them
    /// @param trampoline code that calls `rt_sigreturn`
    /// @param arena      for the bytes
    static ReturnFrame of(
            long reserve, X86Registers registers, long mask, MemorySegment vectors, long trampoline, Arena arena) {
        long size = vectors.byteSize();
        long features = 3;
        if (size >= LEGACY_SIZE) {
            features = vectors.get(JAVA_LONG, SOFTWARE_BYTES);
            if (size > TILES && vectors.get(JAVA_LONG, 512) >>> FIRST_TILE_FEATURE == 0) {
                size = WITHOUT_TILES;
                features &= (1L << FIRST_TILE_FEATURE) - 1;
            }
        }
        long saved = registers.get(X86Registers.RSP) - RED_ZONE - reserve - size - Integer.BYTES & -64;
        long address = saved - HEAD & -16;
        int head = (int) (saved - address);
        MemorySegment bytes = arena.allocate(head + size + Integer.BYTES, Long.BYTES);
        bytes.set(JAVA_LONG, 0, trampoline);
        bytes.set(JAVA_LONG, CONTEXT, CONTEXT_FLAGS);
        bytes.set(JAVA_INT, CONTEXT + 24, NO_SIGNAL_STACK);
        for (int i = 0; i < ORDER.length; i++) {
            bytes.set(JAVA_LONG, REGISTERS + (long) i * Long.BYTES, registers.get(ORDER[i]));
        }
        bytes.set(JAVA_SHORT, REGISTERS + 144, (short) registers.get(X86Registers.CS));
        bytes.set(JAVA_SHORT, REGISTERS + 150, (short) registers.get(X86Registers.SS));
        bytes.set(JAVA_LONG, REGISTERS + 184, saved);
        bytes.set(JAVA_LONG, MASK, mask);
        MemorySegment state = bytes.asSlice(head, size + Integer.BYTES);
        state.copyFrom(vectors.asSlice(0, size));
        if (size >= LEGACY_SIZE) {
            state.asSlice(SOFTWARE_BYTES, 48).fill((byte) 0);
            state.set(JAVA_INT, SOFTWARE_BYTES, MAGIC_1);
            state.set(JAVA_INT, SOFTWARE_BYTES + 4, (int) size + Integer.BYTES);
            state.set(JAVA_LONG, SOFTWARE_BYTES + 8, features);
            state.set(JAVA_INT, SOFTWARE_BYTES + 16, (int) size);
            state.set(JAVA_INT, size, MAGIC_2);
        }
        return new ReturnFrame(address, bytes);
    }
}
