package dev.repoint.machine.trap.aarch64;

import dev.repoint.machine.trap.TrapLayout;

/// The handler of SIGTRAP as machine code. It needs no lock, and never waits.
///
/// For a trap at a site that has a record ([TrapLayout]):
///
/// 1. Find the record by the address of the site.
/// 2. Read the epoch, the emulation that it selects, and the epoch again; if that has changed meanwhile, do it
///    again. In one epoch the emulation that counts is never written, so what was read is whole, and it counted
///    at a moment when the thread was at the site. `ldar` and `dmb ishld` keep the three loads in order.
/// 3. Set the instruction pointer, and for a call `x30`; forget that an indirect branch came here. Return.
///
/// Any other trap is none of ours. It goes to the handler that was there before, with the same arguments, and with the
/// signals blocked that are blocked for it. If there was none, the default action is restored and the trap repeated: a
/// breakpoint by standing on it again, any other by sending the signal to the thread itself. If the signal was to be
/// ignored, one that some program sent is; a breakpoint cannot be.
///
/// No step waits for the thread that patches: where that thread does not exist, as in the child of a `fork`,
/// sites with breakpoints go on being emulated.
public final class TrapHandler {

    private static final int[] CODE = {
        0xd503245f, // bti c
        0x58000e6a, // ldr x10, state
        0xb9400823, // ldr w3, [x1, #8] // si_code
        0x7100047f, // cmp w3, #1 // TRAP_BRKPT
        0x54000561, // b.ne foreign
        0xf940dc43, // ldr x3, [x2, #440] // pc
        0xf9400548, // ldr x8, [x10, #TABLE]
        0x58000de4, // ldr x4, multiplier
        0xd346fc69, // lsr x9, x3, #LINE_SHIFT
        0x9b097c84, // mul x4, x4, x9
        0xd360fc84, // lsr x4, x4, #HASH_SHIFT
        0x92401469, // and x9, x3, #IN_LINE
        0x8b490884, // add x4, x4, x9, lsr #UNIT_SHIFT
        0xf9400105, // ldr x5, [x8]
        // probe:
        0x8a050084, // and x4, x4, x5
        0x8b040d06, // add x6, x8, x4, lsl #3
        0xf94004c9, // ldr x9, [x6, #SLOTS]
        0xb40003c9, // cbz x9, foreign
        0x91000484, // add x4, x4, #1
        0xf9400126, // ldr x6, [x9]
        0xeb0300df, // cmp x6, x3
        0x54ffff21, // b.ne probe
        // again:
        0xc8dffd44, // ldar x4, [x10] // the epoch
        0xd37c0085, // ubfiz x5, x4, #EMULATION_SHIFT, #1
        0x8b050125, // add x5, x9, x5
        0xa94130ab, // ldp x11, x12, [x5, #FIRST_EMULATION]
        0xd50339bf, // dmb ishld
        0xf9400145, // ldr x5, [x10]
        0xeb05009f, // cmp x4, x5
        0x54ffff21, // b.ne again
        0x91004145, // add x5, x10, #TRAPS
        // count:
        0xc85f7ca6, // ldxr x6, [x5]
        0x910004c6, // add x6, x6, #1
        0xc8077ca6, // stxr w7, x6, [x5]
        0x35ffffa7, // cbnz w7, count
        0xf940e044, // ldr x4, [x2, #448] // pstate
        0x9274f484, // and x4, x4, #0xfffffffffffff3ff // BTYPE
        0xf900e044, // str x4, [x2, #448]
        0xf9400524, // ldr x4, [x9, #NEXT]
        0xf100057f, // cmp x11, #JUMP
        0x540000a8, // b.hi nothing
        0x54000040, // b.eq jump
        0xf900d444, // str x4, [x2, #424] // x30
        // jump:
        0xf900dc4c, // str x12, [x2, #440] // pc
        0xd65f03c0, // ret
        // nothing:
        0xf900dc44, // str x4, [x2, #440]
        0xd65f03c0, // ret
        // foreign:
        0x91006145, // add x5, x10, #FOREIGN
        // countForeign:
        0xc85f7ca6, // ldxr x6, [x5]
        0x910004c6, // add x6, x6, #1
        0xc8077ca6, // stxr w7, x6, [x5]
        0x35ffffa7, // cbnz w7, countForeign
        0xf9401149, // ldr x9, [x10, #PREVIOUS]
        0xf100053f, // cmp x9, #1
        0x54000383, // b.lo byDefault
        0x540000a8, // b.hi chain
        0xb9400823, // ldr w3, [x1, #8]
        0x7100007f, // cmp w3, #0
        0x5400030c, // b.gt byDefault
        0xd65f03c0, // ret
        // chain:
        0xa9bc7bfd, // stp x29, x30, [sp, #-64]!
        0x910003fd, // mov x29, sp
        0xa90107e0, // stp x0, x1, [sp, #16]
        0xa90227e2, // stp x2, x9, [sp, #32]
        0xf9001bea, // str x10, [sp, #48]
        0xd2800040, // mov x0, #2 // SIG_SETMASK
        0x9100a041, // add x1, x2, #40 // uc_sigmask: what was blocked when the signal came
        0xaa1f03e2, // mov x2, xzr
        0xd2800103, // mov x3, #8 // the size of a mask
        0xd28010e8, // mov x8, #135 // rt_sigprocmask
        0xd4000001, // svc #0
        0xf9401bea, // ldr x10, [sp, #48]
        0xaa1f03e0, // mov x0, xzr // SIG_BLOCK
        0x9100a141, // add x1, x10, #PREVIOUS_MASK
        0xaa1f03e2, // mov x2, xzr
        0xd2800103, // mov x3, #8 // the size of a mask
        0xd28010e8, // mov x8, #135 // rt_sigprocmask
        0xd4000001, // svc #0
        0xa94243e2, // ldp x2, x16, [sp, #32]
        0xa94107e0, // ldp x0, x1, [sp, #16]
        0xa8c47bfd, // ldp x29, x30, [sp], #64
        0xd61f0200, // br x16
        // byDefault:
        0xd100c3ff, // sub sp, sp, #48
        0xa9007fff, // stp xzr, xzr, [sp] // SIG_DFL, no flags, no mask
        0xa9017fff, // stp xzr, xzr, [sp, #16]
        0xa9020be1, // stp x1, x2, [sp, #32]
        0xd28000a0, // mov x0, #5 // SIGTRAP
        0x910003e1, // mov x1, sp
        0xaa1f03e2, // mov x2, xzr
        0xd2800103, // mov x3, #8 // the size of a mask
        0xd28010c8, // mov x8, #134 // rt_sigaction
        0xd4000001, // svc #0
        0xa9420be1, // ldp x1, x2, [sp, #32]
        0x9100c3ff, // add sp, sp, #48
        0xb9400823, // ldr w3, [x1, #8]
        0x7100047f, // cmp w3, #1
        0x54000101, // b.ne send
        0xf940dc43, // ldr x3, [x2, #440]
        0xb9400063, // ldr w3, [x3]
        0x120b3c63, // and w3, w3, #0xffe0001f
        0x52ba8404, // mov w4, #0xd4200000 // brk #0
        0x6b04007f, // cmp w3, w4
        0x54000041, // b.ne send
        0xd65f03c0, // ret // it runs the breakpoint once more
        // send:
        0xd2801588, // mov x8, #172 // getpid
        0xd4000001, // svc #0
        0xaa0003e4, // mov x4, x0
        0xd2801648, // mov x8, #178 // gettid
        0xd4000001, // svc #0
        0xaa0003e1, // mov x1, x0
        0xaa0403e0, // mov x0, x4
        0xd28000a2, // mov x2, #5 // SIGTRAP
        0xd2801068, // mov x8, #131 // tgkill
        0xd4000001, // svc #0
        0xd65f03c0, // ret
    };

    private TrapHandler() {}

    /// Its code, which may stand anywhere.
    ///
    /// @param state the address of the state page
    public static byte[] emit(long state) {
        return CodeBytes.of(CODE, 2)
                .putLong(state) // state: .quad STATE
                .putLong(TrapLayout.MULTIPLIER) // multiplier: .quad MULTIPLIER
                .array();
    }
}
