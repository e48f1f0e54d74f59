package dev.repoint.linux.aarch64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Code of AArch64 that threads of other processes run for us, or that calls lead through. It may stand anywhere at a
/// multiple of 4. What threads run for us returns by `x30`, which leads to `rt_sigreturn` with the stack pointer at the
/// frame.
final class ArmCodes {

    /// A step is four words: the number of a system call, which has to return 0, and its arguments; or what is to be
    /// done with a word, its address, what it has to hold, and what it is to hold. Before the steps is a word for the
    /// address of the step behind the last one that was looked at. In the end it waits for a tenth of a second by
    /// `pselect6`, which leaves alone what the kernel keeps of the wait that the thread was in.
    private static final int[] STEPS = {
        0xaa0003f3, // mov x19, x0
        0x91002014, // add x20, x0, #8
        0xa9400288, // next: ldp x8, x0, [x20]
        0xa9410a81, // ldp x1, x2, [x20, #16]
        0x91008294, // add x20, x20, #32
        0xb7f80088, // tbnz x8, #63, word
        0xd4000001, // svc #0
        0xb4ffff60, // cbz x0, next
        0x1400000c, // b end
        0xb1000d1f, // word: cmn x8, #3: the end
        0x54000140, // b.eq end
        0xc85ffc03, // again: ldaxr x3, [x0]
        0xeb01007f, // cmp x3, x1
        0x54000081, // b.ne other
        0xc804fc02, // stlxr w4, x2, [x0]
        0x35ffff84, // cbnz w4, again
        0x17fffff2, // b next
        0xd5033f5f, // other: clrex
        0xb100091f, // cmn x8, #2: if it holds what is expected
        0x54fffde0, // b.eq next
        0xc89ffe74, // end: stlr x20, [x19]
        0xd10043ff, // sub sp, sp, #16
        0xd29c2009, // mov x9, #0xe100
        0xf2a0bea9, // movk x9, #0x5f5, lsl #16: 100,000,000 nanoseconds
        0xa90027ff, // stp xzr, x9, [sp]
        0xd2800000, // mov x0, #0
        0xd2800001, // mov x1, #0
        0xd2800002, // mov x2, #0
        0xd2800003, // mov x3, #0
        0x910003e4, // mov x4, sp
        0xd2800005, // mov x5, #0
        0xd2800908, // mov x8, #72: pselect6
        0xd4000001, // svc #0
        0x910043ff, // add sp, sp, #16
        0xd65f03c0, // ret
    };
    private static final int[] CALL = {
        0xa9bf7bfd, // stp x29, x30, [sp, #-16]!
        0xd63f0260, // blr x19
        0xaa0003f5, // mov x21, x0
        0xa8c17bfd, // ldp x29, x30, [sp], #16
        0xd65f03c0, // ret
    };
    private static final int[] LOAD = {
        0xa9bf7bfd, // stp x29, x30, [sp, #-16]!
        0xd63f0260, // blr x19: dlopen
        0xaa0003f5, // mov x21, x0
        0xb5000060, // cbnz x0, over
        0xd63f0280, // blr x20: dlerror
        0xaa0003f6, // mov x22, x0
        0xa8c17bfd, // over: ldp x29, x30, [sp], #16
        0xd65f03c0, // ret
    };
    /// Only what a linker's veneer changes: `x16` and `x17` (AAPCS64, 6.1.1). Where indirect branches are guarded, `ret`
    /// needs no landing pad at its destination, which a function has only if its compiler knew of a use of its address.
    private static final int[] THROUGH = {
        0xd503245f, // bti c
        0x58000070, // ldr x16, word
        0xf9400210, // ldr x16, [x16]
        0xd65f0200, // ret x16
    };
    private static final int[] THROUGH_TABLE = {
        0xd503245f, // bti c
        0x580000b0, // ldr x16, table
        0x580000d1, // ldr x17, offset
        0xf9400210, // ldr x16, [x16]
        0xf8716a10, // ldr x16, [x16, x17]
        0xd65f0200, // ret x16
    };
    private static final int[] FAR = {
        0x58000050, // ldr x16, target
        0xd61f0200, // br x16
    };
    /// Slower, because it is taken for a return.
    private static final int[] FAR_WITHOUT_PAD = {
        0x58000050, // ldr x16, target
        0xd65f0200, // ret x16
    };
    private static final List<Integer> PADS = List.of(
            0xd503245f, // bti c
            0xd50324df, // bti jc
            0xd503233f, // paciasp
            0xd503237f // pacibsp
            );

    private ArmCodes() {}

    static byte[] steps() {
        return code(STEPS);
    }

    static byte[] call() {
        return code(CALL);
    }

    static byte[] load() {
        return code(LOAD);
    }

    /// Goes to the content of a word.
    static byte[] through(long word) {
        return code(THROUGH, word);
    }

    /// Goes to the content of a word of a table.
    ///
    /// @param table the address of the word with the address of the table
    static byte[] throughTable(long table, int index) {
        return code(THROUGH_TABLE, table, (long) index * Long.BYTES);
    }

    /// Goes to an address.
    ///
    /// @param first the instruction there
    static byte[] far(long target, int first) {
        return code(PADS.contains(first) ? FAR : FAR_WITHOUT_PAD, target);
    }

    private static byte[] code(int[] words, long... literals) {
        ByteBuffer code = ByteBuffer.allocate(words.length * Integer.BYTES + literals.length * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int each : words) {
            code.putInt(each);
        }
        for (long each : literals) {
            code.putLong(each);
        }
        return code.array();
    }
}
