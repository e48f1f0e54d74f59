package dev.repoint.linux.x86_64;

/// Code of x86-64 that threads of other processes run for us; their `ret` finds the way back on the stack.
final class X86Codes {

    private static final int STORE_IF = -2;
    private static final int END = -3;
    private static final int STEP = 4 * Long.BYTES;

    /// A step is four words: the number of a system call, which has to return 0, and its arguments; or what is to be
    /// done with a word, its address, what it has to hold, and what it is to hold. Before the steps is a word for the
    /// address of the step behind the last one that was looked at.
    static final byte[] STEPS = {
        0x49,
        (byte) 0x89,
        (byte) 0xfc, // mov %rdi,%r12
        0x48,
        (byte) 0x8d,
        0x5f,
        0x08, // lea 8(%rdi),%rbx
        0x48,
        (byte) 0x8b,
        0x03, // next: mov (%rbx),%rax
        0x48,
        (byte) 0x8b,
        0x7b,
        0x08, // mov 8(%rbx),%rdi
        0x48,
        (byte) 0x8b,
        0x73,
        0x10, // mov 16(%rbx),%rsi
        0x48,
        (byte) 0x8b,
        0x53,
        0x18, // mov 24(%rbx),%rdx
        0x48,
        (byte) 0x83,
        (byte) 0xc3,
        STEP, // add $32,%rbx
        0x48,
        (byte) 0x85,
        (byte) 0xc0, // test %rax,%rax
        0x78,
        0x09, // js word
        0x0f,
        0x05, // syscall
        0x48,
        (byte) 0x85,
        (byte) 0xc0, // test %rax,%rax
        0x74,
        (byte) 0xe1, // je next
        (byte) 0xeb,
        0x19, // jmp end
        0x48,
        (byte) 0x83,
        (byte) 0xf8,
        END, // word: cmp $END,%rax
        0x74,
        0x13, // je end
        0x49,
        (byte) 0x89,
        (byte) 0xc1, // mov %rax,%r9
        0x48,
        (byte) 0x89,
        (byte) 0xf0, // mov %rsi,%rax
        (byte) 0xf0,
        0x48,
        0x0f,
        (byte) 0xb1,
        0x17, // lock cmpxchg %rdx,(%rdi)
        0x74,
        (byte) 0xcc, // je next
        0x49,
        (byte) 0x83,
        (byte) 0xf9,
        STORE_IF, // cmp $STORE_IF,%r9
        0x74,
        (byte) 0xc6, // je next
        0x49,
        (byte) 0x89,
        0x1c,
        0x24, // end: mov %rbx,(%r12)
        0x68,
        (byte) 0xa0,
        (byte) 0x86,
        0x01,
        0, // push $100000: microseconds
        0x6a,
        0, // push $0: seconds
        0x31,
        (byte) 0xff, // xor %edi,%edi: of nothing
        0x31,
        (byte) 0xf6, // xor %esi,%esi
        0x31,
        (byte) 0xd2, // xor %edx,%edx
        0x45,
        0x31,
        (byte) 0xd2, // xor %r10d,%r10d
        0x49,
        (byte) 0x89,
        (byte) 0xe0, // mov %rsp,%r8
        (byte) 0xb8,
        23,
        0,
        0,
        0, // mov $23,%eax: select, which leaves the restart block of what the thread waits in alone
        0x0f,
        0x05, // syscall
        0x48,
        (byte) 0x83,
        (byte) 0xc4,
        0x10, // add $16,%rsp
        (byte) 0xc3 // ret: where the frame is
    };

    /// Calls a function.
    static final byte[] CALL = {
        0x41,
        (byte) 0xff,
        (byte) 0xd4, // call *%r12
        0x49,
        (byte) 0x89,
        (byte) 0xc7, // mov %rax,%r15
        (byte) 0xc3 // ret
    };

    /// Calls `dlopen`, and `dlerror` if that fails.
    static final byte[] LOAD = {
        0x41,
        (byte) 0xff,
        (byte) 0xd4, // call *%r12: dlopen
        0x49,
        (byte) 0x89,
        (byte) 0xc7, // mov %rax,%r15
        0x48,
        (byte) 0x85,
        (byte) 0xc0, // test %rax,%rax
        0x75,
        0x06, // jnz over
        0x41,
        (byte) 0xff,
        (byte) 0xd5, // call *%r13: dlerror
        0x49,
        (byte) 0x89,
        (byte) 0xc6, // mov %rax,%r14
        (byte) 0xc3 // over: ret
    };

    private X86Codes() {}
}
