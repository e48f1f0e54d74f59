package dev.repoint.machine.trap.x86_64;

import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.UpcallSlots;
import dev.repoint.machine.trap.x86_64.Assembler.Label;

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
/// The block of a thread is at `%fs:0`; [UpcallSlots] says what the slots are.
public final class UpcallGuard {

    private static final int SLOTS = UpcallSlots.COUNT;
    private static final int SLOT_SIZE = UpcallSlots.SIZE;
    private static final int VERSION = 0x0001_0008; // JNI_VERSION_1_8
    private static final int IN_NATIVE = 4; // _thread_in_native
    private static final int BLOCK_SHIFT = 6;
    private static final int SLOT_MASK = (SLOTS - 1) * SLOT_SIZE;
    /// Words for the environment and the slot, eight registers of 16 bytes, and what aligns the stack.
    private static final int ARGUMENTS = 152;
    private static final int REGISTERS = 16;
    private static final int RETURN_ADDRESS = ARGUMENTS + 64;

    private final Assembler code = new Assembler();
    private final Label notInJava = new Label();
    private final Label byDefault = new Label();
    private final Label back = new Label();
    private final JavaMachine machine;

    private UpcallGuard(JavaMachine machine) {
        this.machine = machine;
    }

    /// Its code, which may stand anywhere.
    ///
    /// @param slots    the address of [UpcallSlots#COUNT] slots of zeros
    /// @param method   the address of the code that calls the method
    /// @param function the address of the default
    public static byte[] emit(JavaMachine machine, long slots, long method, long function) {
        UpcallGuard guard = new UpcallGuard(machine);
        guard.enter(slots, method);
        guard.leave(slots);
        guard.toDefault(function);
        return guard.code.assemble();
    }

    private void enter(long slots, long method) {
        code.bytes(0xf3, 0x0f, 0x1e, 0xfa) // endbr64
                .bytes(0x57) // push %rdi
                .bytes(0x56) // push %rsi
                .bytes(0x52) // push %rdx
                .bytes(0x51) // push %rcx
                .bytes(0x41, 0x50) // push %r8
                .bytes(0x41, 0x51) // push %r9
                .bytes(0x50) // push %rax
                .bytes(0x41, 0x52) // push %r10
                .bytes(0x48, 0x81, 0xec)
                .int32(ARGUMENTS); // sub $152,%rsp
        for (int i = 0; i < 8; i++) {
            code.bytes(0x0f, 0x11, 0x84 | i << 3, 0x24).int32(REGISTERS + 16 * i); // movups %xmm0,16(%rsp)
        }
        Label mine = new Label();
        Label probe = new Label();
        Label next = new Label();
        search(slots);
        code.bytes(0xba)
                .int32(SLOTS) // mov $count,%edx
                .bind(probe)
                .bytes(0x4e, 0x8b, 0x04, 0x11) // mov (%rcx,%r10),%r8
                .bytes(0x4d, 0x39, 0xd8) // cmp %r11,%r8
                .bytes(0x74)
                .near(mine) // je mine
                .bytes(0x4d, 0x85, 0xc0) // test %r8,%r8
                .bytes(0x75)
                .near(next) // jne next
                .bytes(0x31, 0xc0) // xor %eax,%eax
                .bytes(0xf0, 0x4e, 0x0f, 0xb1, 0x1c, 0x11) // lock cmpxchg %r11,(%rcx,%r10)
                .bytes(0x74)
                .near(mine) // je mine
                .bind(next)
                .bytes(0x48, 0x83, 0xc1, SLOT_SIZE) // add $16,%rcx
                .bytes(0x48, 0x81, 0xe1)
                .int32(SLOT_MASK) // and $mask,%rcx
                .bytes(0xff, 0xca) // dec %edx
                .bytes(0x75)
                .near(probe) // jne probe
                .bytes(0xe9)
                .far(byDefault) // jmp byDefault
                .bind(mine)
                .bytes(0x4a, 0x8d, 0x4c, 0x11, 8) // lea 8(%rcx,%r10),%rcx
                .bytes(0x48, 0x83, 0x39, 0) // cmpq $0,(%rcx)
                .bytes(0x0f, 0x85)
                .far(byDefault) // jne byDefault
                .bytes(0x48, 0xc7, 0x01)
                .int32(1) // movq $1,(%rcx)
                .bytes(0x48, 0x89, 0x4c, 0x24, 8); // mov %rcx,8(%rsp)
        environment();
        code.bytes(0x4c, 0x8b, 0x1c, 0x24) // mov (%rsp),%r11
                .bytes(0x48, 0x8b, 0x4c, 0x24, 8) // mov 8(%rsp),%rcx
                .bytes(0x85, 0xc0) // test %eax,%eax
                .bytes(0x0f, 0x85)
                .far(notInJava) // jne notInJava
                .bytes(0x48, 0xb8)
                .int64(machine.java()) // movabs $java,%rax
                .bytes(0x49, 0x39, 0x83)
                .int32(machine.type()) // cmp %rax,type(%r11)
                .bytes(0x0f, 0x85)
                .far(notInJava) // jne notInJava
                .bytes(0x41, 0x83, 0xbb)
                .int32(machine.state())
                .bytes(IN_NATIVE) // cmpl $IN_NATIVE,state(%r11)
                .bytes(0x0f, 0x85)
                .far(notInJava) // jne notInJava
                .bytes(0x48, 0x8b, 0x84, 0x24)
                .int32(RETURN_ADDRESS) // mov 216(%rsp),%rax
                .bytes(0x48, 0x89, 0x01) // mov %rax,(%rcx)
                .bytes(0x48, 0x8d, 0x05)
                .far(back) // lea back(%rip),%rax
                .bytes(0x48, 0x89, 0x84, 0x24)
                .int32(RETURN_ADDRESS); // mov %rax,216(%rsp)
        restore();
        code.bytes(0x49, 0xbb)
                .int64(method) // movabs $method,%r11
                .bytes(0x3e, 0x41, 0xff, 0xe3); // notrack jmp *%r11
    }

    /// `(%rsp)` becomes the environment of the thread, `eax` 0 if it has one.
    private void environment() {
        code.bytes(0x48, 0xbf)
                .int64(machine.vm()) // movabs $vm,%rdi
                .bytes(0x48, 0x89, 0xe6) // mov %rsp,%rsi
                .bytes(0xba)
                .int32(VERSION) // mov $version,%edx
                .bytes(0x48, 0xb8)
                .int64(machine.getEnv()) // movabs $getEnv,%rax
                .bytes(0xff, 0xd0); // call *%rax
    }

    /// `r11` becomes the thread's block, `r10` the slots, `rcx` the distance of the first slot that may be its.
    private void search(long slots) {
        code.bytes(0x64, 0x4c, 0x8b, 0x1c, 0x25)
                .int32(0) // mov %fs:0,%r11
                .bytes(0x49, 0xba)
                .int64(slots) // movabs $slots,%r10
                .bytes(0x4c, 0x89, 0xd9) // mov %r11,%rcx
                .bytes(0x48, 0xc1, 0xe9, BLOCK_SHIFT) // shr $6,%rcx
                .bytes(0x48, 0x81, 0xe1)
                .int32(SLOT_MASK); // and $mask,%rcx
    }

    /// The arguments, and the stack.
    private void restore() {
        for (int i = 0; i < 8; i++) {
            code.bytes(0x0f, 0x10, 0x84 | i << 3, 0x24).int32(REGISTERS + 16 * i); // movups 16(%rsp),%xmm0
        }
        code.bytes(0x48, 0x81, 0xc4)
                .int32(ARGUMENTS) // add $152,%rsp
                .bytes(0x41, 0x5a) // pop %r10
                .bytes(0x58) // pop %rax
                .bytes(0x41, 0x59) // pop %r9
                .bytes(0x41, 0x58) // pop %r8
                .bytes(0x59) // pop %rcx
                .bytes(0x5a) // pop %rdx
                .bytes(0x5e) // pop %rsi
                .bytes(0x5f); // pop %rdi
    }

    /// 5. Results are in `rax`, `rdx`, `xmm0` and `xmm1`.
    private void leave(long slots) {
        Label probe = new Label();
        Label found = new Label();
        code.bind(back)
                .bytes(0x50) // push %rax: here the return address is to be
                .bytes(0x50); // push %rax
        search(slots);
        code.bind(probe)
                .bytes(0x4e, 0x39, 0x1c, 0x11) // cmp %r11,(%rcx,%r10)
                .bytes(0x74)
                .near(found) // je found
                .bytes(0x48, 0x83, 0xc1, SLOT_SIZE) // add $16,%rcx
                .bytes(0x48, 0x81, 0xe1)
                .int32(SLOT_MASK) // and $mask,%rcx
                .bytes(0xeb)
                .near(probe) // jmp probe
                .bind(found)
                .bytes(0x4a, 0x8b, 0x44, 0x11, 8) // mov 8(%rcx,%r10),%rax
                .bytes(0x48, 0x89, 0x44, 0x24, 8) // mov %rax,8(%rsp)
                .bytes(0x4a, 0xc7, 0x44, 0x11, 8)
                .int32(0) // movq $0,8(%rcx,%r10)
                .bytes(0x58) // pop %rax
                .bytes(0xc3); // ret
    }

    private void toDefault(long function) {
        code.bind(notInJava)
                .bytes(0x48, 0xc7, 0x01)
                .int32(0) // movq $0,(%rcx)
                .bind(byDefault);
        restore();
        code.bytes(0x49, 0xbb)
                .int64(function) // movabs $function,%r11
                .bytes(0x3e, 0x41, 0xff, 0xe3); // notrack jmp *%r11
    }
}
