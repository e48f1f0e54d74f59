package dev.repoint.linux.aarch64;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.repoint.linux.processor.ReturnFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What the kernel puts on a thread's stack when it runs a signal handler, made by us: `struct rt_sigframe` of AArch64
/// (`arch/arm64/kernel/signal.c`, `arch/arm64/include/uapi/asm/sigcontext.h`).
///
/// | at | what |
/// | --- | --- |
/// | 0 | `siginfo_t`, which nobody reads |
/// | 128 | `struct ucontext`; at 40 of it the blocked signals, at 176 an address, then the registers |
/// | 592 | records of other registers, each with a magic number and its size; the last one is empty |
///
/// Of a thread with scalable vectors (SVE) that are in use, there are two records of them: the lower 128 bits
/// of each, and all.
final class ArmReturnFrame {

    /// The records end here; larger ones, of vectors of more than 112 bytes, would have to stand behind.
    static final int SIZE = 4688;

    private static final int ALIGNMENT = 16;
    private static final long CONTEXT = 128;
    private static final long NO_SIGNAL_STACK = CONTEXT + 24;
    private static final long MASK = CONTEXT + 40;
    private static final long REGISTERS = CONTEXT + 184;
    private static final int RECORDS = 592;
    /// `FPSIMD_MAGIC`, and `struct fpsimd_context`: the status and control words stand first.
    private static final int FP_MAGIC = 0x46508001;
    private static final int FP_SIZE = 528;
    private static final int FP_VALUES = 512;
    private static final int QUAD = 16;
    /// `SVE_MAGIC`, and `struct sve_context`.
    private static final int SVE_MAGIC = 0x53564501;
    private static final int HEAD = 16;
    /// `struct user_sve_header`: the length of a vector in bytes, and whether all of them are there.
    private static final int SVE_LENGTH = 8;
    private static final int SVE_FLAGS = 12;
    private static final int ALL = 1;
    private static final int VECTORS = 32;
    private static final int END = 16;

    private ArmReturnFrame() {}

    /// @param reserve    how many bytes are to be left free above it
    /// @param registers  that the thread is to go on with
    /// @param mask       the signals that it blocks then
    /// @param vectors    its floating-point and vector registers: `NT_ARM_SVE`, or `NT_PRFPREG` where there is no SVE
    static ReturnFrame of(long reserve, ArmRegisters registers, long mask, MemorySegment vectors, Arena arena) {
        boolean isScalable = vectors.byteSize() != FP_SIZE;
        boolean isWhole = isScalable && (vectors.get(JAVA_SHORT, SVE_FLAGS) & ALL) != 0;
        int length = isWhole ? vectors.get(JAVA_SHORT, SVE_LENGTH) & 0xffff : 0;
        int scalable = isWhole ? scalable(length) : 0;
        int record = isWhole ? HEAD + scalable + ALIGNMENT - 1 & -ALIGNMENT : 0;
        if (RECORDS + FP_SIZE + record + END > SIZE) {
            throw new IllegalStateException("vectors of " + length + " bytes");
        }
        long address = registers.stackPointer() - reserve - SIZE & -ALIGNMENT;
        MemorySegment bytes = arena.allocate(SIZE, ALIGNMENT);
        bytes.set(JAVA_INT, NO_SIGNAL_STACK, 2); // SS_DISABLE
        bytes.set(JAVA_LONG, MASK, mask);
        MemorySegment.copy(registers.general(), 0, bytes, REGISTERS, ArmRegisters.GENERAL_SIZE);
        MemorySegment fp = bytes.asSlice(RECORDS, FP_SIZE);
        fp.set(JAVA_INT, 0, FP_MAGIC);
        fp.set(JAVA_INT, 4, FP_SIZE);
        if (isWhole) {
            long status = HEAD + scalable + ALIGNMENT - 1 & -ALIGNMENT;
            fp.set(JAVA_LONG, 8, vectors.get(JAVA_LONG, status));
            for (int i = 0; i < VECTORS; i++) {
                MemorySegment.copy(vectors, HEAD + (long) i * length, fp, HEAD + (long) i * QUAD, QUAD);
            }
            MemorySegment all = bytes.asSlice(RECORDS + FP_SIZE, record);
            all.set(JAVA_INT, 0, SVE_MAGIC);
            all.set(JAVA_INT, 4, record);
            all.set(JAVA_SHORT, 8, (short) length);
            MemorySegment.copy(vectors, HEAD, all, HEAD, scalable);
        } else {
            long start = isScalable ? HEAD : 0;
            fp.set(JAVA_LONG, 8, vectors.get(JAVA_LONG, start + FP_VALUES));
            MemorySegment.copy(vectors, start, fp, HEAD, FP_VALUES);
        }
        return new ReturnFrame(address, bytes);
    }

    /// How many bytes all vectors, predicates and the first-fault register have.
    private static int scalable(int length) {
        return VECTORS * length + 17 * length / Byte.SIZE;
    }
}
