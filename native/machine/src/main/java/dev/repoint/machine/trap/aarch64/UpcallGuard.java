package dev.repoint.machine.trap.aarch64;

import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.UpcallSlots;

/// Code in front of a method of Java that takes the place of a function that anybody may call. It calls nothing but
/// `GetEnv` of the JVM, and needs no lock.
///
/// 1. Save the arguments, and find the slot of the thread. If the thread is in the method already, or on the way to
///    it, it gets the default: what the method and that way need may call the function.
/// 2. Ask the JVM for the thread. One that the JVM does not know, or that is one of its own, such as a compiler, gets
///    the default.
/// 3. So does a thread that is not in native code as far as the JVM knows: it runs the JVM itself, which called the
///    function, and must not enter Java.
/// 4. Otherwise remember the return address, put our own in its place, and go to the method.
/// 5. The method returns to us: forget that the thread is in it, and return.
///
/// The block of a thread is at `tpidr_el0`; [UpcallSlots] says what the slots are.
public final class UpcallGuard {

    private static final int JNI_VERSION = 0x0001_0008;
    private static final int[] CODE = {
        0xd503245f, // bti c
        0xa9b17bfd, // stp x29, x30, [sp, #-240]!
        0x910003fd, // mov x29, sp
        0xa90107e0, // stp x0, x1, [sp, #16]
        0xa9020fe2, // stp x2, x3, [sp, #32]
        0xa90317e4, // stp x4, x5, [sp, #48]
        0xa9041fe6, // stp x6, x7, [sp, #64]
        0xf9002be8, // str x8, [sp, #80]
        0xad0387e0, // stp q0, q1, [sp, #112]
        0xad048fe2, // stp q2, q3, [sp, #144]
        0xad0597e4, // stp q4, q5, [sp, #176]
        0xad069fe6, // stp q6, q7, [sp, #208]
        0xd53bd049, // mrs x9, tpidr_el0
        0x580009aa, // ldr x10, slots
        0xd346fd2b, // lsr x11, x9, #6
        0x927c2d6b, // and x11, x11, #0xfff0
        0x5282000c, // mov w12, #COUNT
        // probe:
        0x8b0b014d, // add x13, x10, x11
        0xf94001ae, // ldr x14, [x13]
        0xeb0901df, // cmp x14, x9
        0x540001a0, // b.eq mine
        0xb50000ee, // cbnz x14, next
        // claim:
        0xc85f7dae, // ldxr x14, [x13]
        0xb500008e, // cbnz x14, taken
        0xc80f7da9, // stxr w15, x9, [x13]
        0x35ffffaf, // cbnz w15, claim
        0x14000007, // b mine
        // taken:
        0xd5033f5f, // clrex
        // next:
        0x9100416b, // add x11, x11, #SIZE
        0x927c2d6b, // and x11, x11, #0xfff0
        0x7100058c, // subs w12, w12, #1
        0x54fffe41, // b.ne probe
        0x1400001d, // b byDefault
        // mine:
        0xf94005ae, // ldr x14, [x13, #8]
        0xb500036e, // cbnz x14, byDefault
        0xd280002e, // mov x14, #1
        0xf90005ae, // str x14, [x13, #8]
        0xf90033ed, // str x13, [sp, #96]
        0x580006c0, // ldr x0, vm
        0x910163e1, // add x1, sp, #88
        0x58000702, // ldr x2, version
        0x580006b0, // ldr x16, getEnv
        0xd63f0200, // blr x16
        0xf94033ed, // ldr x13, [sp, #96]
        0x35000200, // cbnz w0, notInJava
        0xf9402fe9, // ldr x9, [sp, #88] // the environment
        0x5800068a, // ldr x10, type
        0xf86a692a, // ldr x10, [x9, x10]
        0x5800068b, // ldr x11, java
        0xeb0b015f, // cmp x10, x11
        0x54000141, // b.ne notInJava
        0x5800066a, // ldr x10, threadState
        0xb86a692a, // ldr w10, [x9, x10]
        0x7100115f, // cmp w10, #4 // _thread_in_native
        0x540000c1, // b.ne notInJava
        0xf94007ee, // ldr x14, [sp, #8]
        0xf90005ae, // str x14, [x13, #8]
        0x10000251, // adr x17, back
        0x580005d0, // ldr x16, method
        0x14000004, // b restore
        // notInJava:
        0xf90005bf, // str xzr, [x13, #8]
        // byDefault:
        0xf94007f1, // ldr x17, [sp, #8]
        0x58000590, // ldr x16, function
        // restore:
        0xad4387e0, // ldp q0, q1, [sp, #112]
        0xad448fe2, // ldp q2, q3, [sp, #144]
        0xad4597e4, // ldp q4, q5, [sp, #176]
        0xad469fe6, // ldp q6, q7, [sp, #208]
        0xa94107e0, // ldp x0, x1, [sp, #16]
        0xa9420fe2, // ldp x2, x3, [sp, #32]
        0xa94317e4, // ldp x4, x5, [sp, #48]
        0xa9441fe6, // ldp x6, x7, [sp, #64]
        0xf9402be8, // ldr x8, [sp, #80]
        0xa8cf7bfd, // ldp x29, x30, [sp], #240
        0xaa1103fe, // mov x30, x17
        0xd61f0200, // br x16
        // back:
        0xd53bd049, // mrs x9, tpidr_el0
        0x580001ca, // ldr x10, slots
        0xd346fd2b, // lsr x11, x9, #6
        0x927c2d6b, // and x11, x11, #0xfff0
        // find:
        0x8b0b014d, // add x13, x10, x11
        0xf94001ae, // ldr x14, [x13]
        0xeb0901df, // cmp x14, x9
        0x54000080, // b.eq found
        0x9100416b, // add x11, x11, #SIZE
        0x927c2d6b, // and x11, x11, #0xfff0
        0x17fffffa, // b find
        // found:
        0xf94005be, // ldr x30, [x13, #8]
        0xf90005bf, // str xzr, [x13, #8]
        0xd65f03c0, // ret
    };

    private UpcallGuard() {}

    /// Its code, which may stand anywhere.
    ///
    /// @param slots    the address of [UpcallSlots#COUNT] slots of zeros
    /// @param method   the address of the code that calls the method
    /// @param function the address of the default
    public static byte[] emit(JavaMachine machine, long slots, long method, long function) {
        return CodeBytes.of(CODE, 9)
                .putLong(slots) // slots: .quad 1
                .putLong(machine.vm()) // vm: .quad 2
                .putLong(machine.getEnv()) // getEnv: .quad 3
                .putLong(JNI_VERSION) // version: .quad 0x10008
                .putLong(machine.type()) // type: .quad -5
                .putLong(machine.java()) // java: .quad 6
                .putLong(machine.state()) // threadState: .quad 7
                .putLong(method) // method: .quad 8
                .putLong(function) // function: .quad 9
                .array();
    }
}
