package dev.repoint.machine.trap.x86_64;

import dev.repoint.machine.trap.Emulation.Kind;
import dev.repoint.machine.trap.TrapLayout;
import dev.repoint.machine.trap.TrapSignal;
import dev.repoint.machine.trap.x86_64.Assembler.Label;

/// The handler of SIGTRAP, or that of SIGILL, as machine code. It needs no lock, and never waits.
///
/// For a trap at a site that has a record ([TrapLayout]):
///
/// 1. Find the record by the address of the site.
/// 2. Read the epoch, the emulation that it selects, and the epoch again; if that has changed meanwhile, do it
///    again. In one epoch the emulation that counts is never written, so what was read is whole, and it counted
///    at a moment when the thread was at the site.
/// 3. Do what the instruction would have done to stack, registers and instruction pointer, and return.
///
/// Any other trap is none of ours. It goes to the handler that was there before, with the same arguments, and with
/// the signals blocked that are blocked for it. If there was none, the default action is restored and the trap repeated: a breakpoint by standing on it again,
/// any other by sending the signal to the thread itself. If the signal was to be ignored, one that some program
/// sent is; a breakpoint cannot be.
///
/// No step waits for the thread that patches: where that thread does not exist, as in the child of a `fork`,
/// sites with breakpoints go on being emulated.
public final class TrapHandler {

    private static final int SYS_RT_SIGACTION = 13;
    private static final int SYS_RT_SIGPROCMASK = 14;
    private static final int SIG_SETMASK = 2;
    /// `uc_sigmask` in a `ucontext_t`: what was blocked when the signal came.
    private static final int BLOCKED = 296;
    private static final int SYS_GETPID = 39;
    private static final int SYS_GETTID = 186;
    private static final int SYS_TGKILL = 234;
    private static final int ARITHMETIC_FLAGS = 0x8d5; // OF SF ZF AF PF CF

    private final Assembler code = new Assembler();
    private final Label foreign = new Label();
    private final Label call = new Label();
    private final Label jump = new Label();
    private final Label nothing = new Label();
    private final Label conditional = new Label();

    private final TrapSignal signal;

    private TrapHandler(TrapSignal signal) {
        this.signal = signal;
    }

    /// Its code, which may stand anywhere.
    ///
    /// @param state the address of the state page
    public static byte[] emit(TrapSignal signal, long state) {
        TrapHandler handler = new TrapHandler(signal);
        handler.find(state);
        handler.select();
        handler.dispatch();
        handler.conditions();
        handler.passOn();
        return handler.code.assemble();
    }

    /// 1. `r9` becomes the record, `r10` is the state.
    private void find(long state) {
        Label probe = new Label();
        code.bytes(0xf3, 0x0f, 0x1e, 0xfa) // endbr64
                .bytes(0x49, 0xba)
                .int64(state) // movabs $state,%r10
                .bytes(0x81, 0x7e, 0x08)
                .int32(reason()) // cmpl $code,8(%rsi)
                .bytes(0x0f, 0x85)
                .far(foreign) // jne foreign
                .bytes(0x48, 0x8b, 0x82)
                .int32(168) // mov 168(%rdx),%rax
                .bytes(0x48, 0x83, 0xe8, passed()) // sub $passed,%rax
                .bytes(0x4d, 0x8b, 0x42, TrapLayout.TABLE) // mov TABLE(%r10),%r8
                .bytes(0x49, 0x89, 0xc1) // mov %rax,%r9
                .bytes(0x49, 0xc1, 0xe9, TrapLayout.LINE_SHIFT) // shr $6,%r9
                .bytes(0x48, 0xb9)
                .int64(TrapLayout.MULTIPLIER) // movabs $MULTIPLIER,%rcx
                .bytes(0x49, 0x0f, 0xaf, 0xc9) // imul %r9,%rcx
                .bytes(0x48, 0xc1, 0xe9, TrapLayout.HASH_SHIFT) // shr $32,%rcx
                .bytes(0x41, 0x89, 0xc1) // mov %eax,%r9d
                .bytes(0x41, 0x81, 0xe1)
                .int32(TrapLayout.IN_LINE) // and $0x3f,%r9d
                .bytes(0x41, 0xc1, 0xe9, TrapLayout.UNIT_SHIFT) // shr $2,%r9d
                .bytes(0x4c, 0x01, 0xc9) // add %r9,%rcx
                .bind(probe)
                .bytes(0x49, 0x23, 0x08) // and (%r8),%rcx
                .bytes(0x4d, 0x8b, 0x4c, 0xc8, TrapLayout.SLOTS) // mov SLOTS(%r8,%rcx,8),%r9
                .bytes(0x4d, 0x85, 0xc9) // test %r9,%r9
                .bytes(0x0f, 0x84)
                .far(foreign) // je foreign
                .bytes(0x48, 0xff, 0xc1) // inc %rcx
                .bytes(0x49, 0x39, 0x01) // cmp %rax,(%r9)
                .bytes(0x75)
                .near(probe); // jne probe
    }

    /// 2. `r11` becomes the code of the emulation, `r8` its operand.
    private void select() {
        Label again = new Label();
        code.bind(again)
                .bytes(0x49, 0x8b, 0x0a) // mov (%r10),%rcx
                .bytes(0x89, 0xc8) // mov %ecx,%eax
                .bytes(0x83, 0xe0, 0x01) // and $1,%eax
                .bytes(0xc1, 0xe0, TrapLayout.EMULATION_SHIFT) // shl $4,%eax
                .bytes(0x4d, 0x8b, 0x5c, 0x01, TrapLayout.FIRST_EMULATION) // mov 16(%r9,%rax),%r11
                .bytes(0x4d, 0x8b, 0x44, 0x01, TrapLayout.FIRST_EMULATION + TrapLayout.OPERAND) // mov 24(%r9,%rax),%r8
                .bytes(0x49, 0x39, 0x0a) // cmp %rcx,(%r10)
                .bytes(0x75)
                .near(again); // jne again
    }

    /// 3. `rax` is the stack pointer, `rcx` the address behind the site.
    private void dispatch() {
        Label pointerCall = new Label();
        Label pointerJump = new Label();
        Label zero = new Label();
        code.bytes(0xf0, 0x49, 0xff, 0x42, TrapLayout.TRAPS) // lock incq TRAPS(%r10)
                .bytes(0x49, 0x8b, 0x49, TrapLayout.NEXT) // mov NEXT(%r9),%rcx
                .bytes(0x48, 0x8b, 0x82)
                .int32(160) // mov 160(%rdx),%rax
                .bytes(0x41, 0x83, 0xfb, Kind.CONDITIONAL_JUMP.number()) // cmp $16,%r11d
                .bytes(0x0f, 0x83)
                .far(conditional) // jae conditional
                .bytes(0x41, 0x83, 0xfb, Kind.JUMP.number()) // cmp $1,%r11d
                .bytes(0x72)
                .near(call) // jb call
                .bytes(0x74)
                .near(jump) // je jump
                .bytes(0x41, 0x83, 0xfb, Kind.POINTER_JUMP.number()) // cmp $3,%r11d
                .bytes(0x72)
                .near(pointerCall) // jb pointerCall
                .bytes(0x74)
                .near(pointerJump) // je pointerJump
                .bytes(0x41, 0x83, 0xfb, Kind.ZERO.number()) // cmp $5,%r11d
                .bytes(0x72)
                .near(nothing) // jb nothing
                .bytes(0x74)
                .near(zero) // je zero
                .bytes(0x4c, 0x8b, 0x00) // mov (%rax),%r8
                .bytes(0x48, 0x83, 0xc0, 0x08) // add $8,%rax
                .bytes(0x48, 0x89, 0x82)
                .int32(160) // mov %rax,160(%rdx)
                .bytes(0xeb)
                .near(jump) // jmp jump
                .bind(pointerCall)
                .bytes(0x4d, 0x8b, 0x00) // mov (%r8),%r8
                .bind(call)
                .bytes(0x48, 0x83, 0xe8, 0x08) // sub $8,%rax
                .bytes(0x48, 0x89, 0x08) // mov %rcx,(%rax)
                .bytes(0x48, 0x89, 0x82)
                .int32(160) // mov %rax,160(%rdx)
                .bytes(0xeb)
                .near(jump) // jmp jump
                .bind(pointerJump)
                .bytes(0x4d, 0x8b, 0x00) // mov (%r8),%r8
                .bind(jump)
                .bytes(0x4c, 0x89, 0x82)
                .int32(168) // mov %r8,168(%rdx)
                .bytes(0xc3) // ret
                .bind(zero)
                .bytes(0x48, 0xc7, 0x82)
                .int32(144)
                .int32(0) // movq $0,144(%rdx)
                .bind(nothing)
                .bytes(0x48, 0x89, 0x8a)
                .int32(168) // mov %rcx,168(%rdx)
                .bytes(0xc3); // ret
    }

    /// The processor itself judges the condition: with the flags of the thread it goes to one of 16 pairs of
    /// jumps.
    private void conditions() {
        Label pairs = new Label();
        code.bind(pairs);
        for (int condition = 0; condition < 16; condition++) {
            code.bytes(0x70 + condition)
                    .near(jump) // jcc jump
                    .bytes(0xeb)
                    .near(nothing); // jmp nothing
        }
        code.bind(conditional)
                .bytes(0x41, 0x83, 0xe3, 0x0f) // and $15,%r11d
                .bytes(0x4c, 0x8d, 0x15)
                .far(pairs) // lea pairs(%rip),%r10
                .bytes(0x4f, 0x8d, 0x14, 0x9a) // lea (%r10,%r11,4),%r10
                .bytes(0x48, 0x8b, 0x82)
                .int32(176) // mov 176(%rdx),%rax
                .bytes(0x25)
                .int32(ARITHMETIC_FLAGS) // and $flags,%eax
                .bytes(0x50) // push %rax
                .bytes(0x9d) // popfq
                .bytes(0x3e, 0x41, 0xff, 0xe2); // notrack jmp *%r10
    }

    private void passOn() {
        Label theDefault = new Label();
        Label chain = new Label();
        Label send = new Label();
        code.bind(foreign)
                .bytes(0xf0, 0x49, 0xff, 0x42, TrapLayout.FOREIGN) // lock incq FOREIGN(%r10)
                .bytes(0x49, 0x8b, 0x42, signal.previous()) // mov previous(%r10),%rax
                .bytes(0x48, 0x83, 0xf8, 0x01) // cmp $1,%rax
                .bytes(0x72)
                .near(theDefault) // jb default
                .bytes(0x77)
                .near(chain) // ja chain
                .bytes(0x83, 0x7e, 0x08, 0x00) // cmpl $0,8(%rsi)
                .bytes(0x7f)
                .near(theDefault) // jg default
                .bytes(0xc3) // ret
                .bind(chain)
                .bytes(0x57) // push %rdi
                .bytes(0x56) // push %rsi
                .bytes(0x52) // push %rdx
                .bytes(0x50) // push %rax
                .bytes(0x41, 0x52) // push %r10
                .bytes(0xb8)
                .int32(SYS_RT_SIGPROCMASK) // mov $rt_sigprocmask,%eax
                .bytes(0xbf)
                .int32(SIG_SETMASK) // mov $SIG_SETMASK,%edi
                .bytes(0x48, 0x8d, 0xb2)
                .int32(BLOCKED) // lea BLOCKED(%rdx),%rsi
                .bytes(0x31, 0xd2) // xor %edx,%edx
                .bytes(0x41, 0xba)
                .int32(8) // mov $8,%r10d: the size of a mask
                .bytes(0x0f, 0x05) // syscall
                .bytes(0x41, 0x5a) // pop %r10
                .bytes(0x41, 0x52) // push %r10
                .bytes(0xb8)
                .int32(SYS_RT_SIGPROCMASK) // mov $rt_sigprocmask,%eax
                .bytes(0x31, 0xff) // xor %edi,%edi: SIG_BLOCK
                .bytes(0x49, 0x8d, 0x72, signal.previousMask()) // lea mask(%r10),%rsi
                .bytes(0x31, 0xd2) // xor %edx,%edx
                .bytes(0x41, 0xba)
                .int32(8) // mov $8,%r10d: the size of a mask
                .bytes(0x0f, 0x05) // syscall
                .bytes(0x41, 0x5a) // pop %r10
                .bytes(0x58) // pop %rax
                .bytes(0x5a) // pop %rdx
                .bytes(0x5e) // pop %rsi
                .bytes(0x5f) // pop %rdi
                .bytes(0x3e, 0xff, 0xe0) // notrack jmp *%rax
                .bind(theDefault)
                .bytes(0x56) // push %rsi
                .bytes(0x52) // push %rdx
                .bytes(0x6a, 0, 0x6a, 0, 0x6a, 0, 0x6a, 0) // push $0, four times: SIG_DFL, no flags, no mask
                .bytes(0xb8)
                .int32(SYS_RT_SIGACTION) // mov $rt_sigaction,%eax
                .bytes(0xbf)
                .int32(signal.number()) // mov $signal,%edi
                .bytes(0x48, 0x89, 0xe6) // mov %rsp,%rsi
                .bytes(0x31, 0xd2) // xor %edx,%edx
                .bytes(0x41, 0xba)
                .int32(8) // mov $8,%r10d: the size of a mask
                .bytes(0x0f, 0x05) // syscall
                .bytes(0x48, 0x83, 0xc4, 0x20) // add $32,%rsp
                .bytes(0x5a) // pop %rdx
                .bytes(0x5e) // pop %rsi
                .bytes(0x81, 0x7e, 0x08)
                .int32(reason()) // cmpl $code,8(%rsi)
                .bytes(0x75)
                .near(send) // jne send
                .bytes(0x48, 0x8b, 0x82)
                .int32(168) // mov 168(%rdx),%rax
                .bytes(0x48, 0x83, 0xe8, passed()) // sub $passed,%rax
                .bytes(0x80, 0x38, 0xcc) // cmpb $0xcc,(%rax)
                .bytes(0x75)
                .near(send) // jne send
                .bytes(0x48, 0x89, 0x82)
                .int32(168) // mov %rax,168(%rdx)
                .bytes(0xc3) // ret
                .bind(send)
                .bytes(0xb8)
                .int32(SYS_GETPID) // mov $getpid,%eax
                .bytes(0x0f, 0x05) // syscall
                .bytes(0x89, 0xc7) // mov %eax,%edi
                .bytes(0xb8)
                .int32(SYS_GETTID) // mov $gettid,%eax
                .bytes(0x0f, 0x05) // syscall
                .bytes(0x89, 0xc6) // mov %eax,%esi
                .bytes(0xba)
                .int32(signal.number()) // mov $signal,%edx
                .bytes(0xb8)
                .int32(SYS_TGKILL) // mov $tgkill,%eax
                .bytes(0x0f, 0x05) // syscall
                .bytes(0xc3); // ret
    }

    /// What the kernel says of the signal (`si_code`): `SI_KERNEL`, or `ILL_ILLOPN`.
    private int reason() {
        return signal == TrapSignal.BREAKPOINT ? 0x80 : 2;
    }

    /// How many bytes of code the instruction pointer has passed: it stands behind `int3`, and at what is no
    /// instruction.
    private int passed() {
        return signal == TrapSignal.BREAKPOINT ? 1 : 0;
    }
}
