package dev.repoint.stress;

import java.util.List;

/// The classes of functions in the stress, by the instructions that a jump at their entry overwrites. Each returns its
/// argument plus 0x777.
enum EntryClass {
    /// One instruction, as long as the jump or longer.
    WHOLE(List.of("lea 0x777(%rdi), %rax"), "ret\n"),
    /// Instructions of 1 and 3 bytes.
    FRAME(List.of("push %rbp", "mov %rsp, %rbp", "push %rbx"), "lea 0x777(%rdi), %rax\n pop %rbx\n pop %rbp\n ret\n"),
    /// Instructions of 2 bytes.
    PUSHES(
            List.of("push %r15", "push %r14", "push %r13"),
            "mov $1, %r13d\n mov $2, %r15d\n pop %r13\n pop %r14\n pop %r15\n lea 0x777(%rdi), %rax\n ret\n"),
    /// Five instructions.
    BYTES(
            List.of("push %rbx", "push %rbp", "push %rbx", "push %rbp", "push %rbx"),
            "lea 0x777(%rdi), %rax\n pop %rbx\n pop %rbp\n pop %rbx\n pop %rbp\n pop %rbx\n ret\n"),
    /// A branch that reaches 127 bytes.
    CONDITIONAL(List.of("test %edi, %edi", "je LABEL", "mov %edi, %ecx"), "LABEL: lea 0x777(%rdi), %rax\n ret\n"),
    /// A call.
    CALL(List.of("push %rbx", "call LABEL"), "pop %rbx\n ret\nLABEL: lea 0x777(%rdi), %rax\n ret\n"),
    /// A place that is told from the instruction pointer.
    RELATIVE(List.of("xor %ecx, %ecx", "lea LABEL(%rip), %rdx"), "LABEL: lea 0x777(%rdi), %rax\n ret\n");

    /// The most instructions that one has.
    static final int MOST = 5;

    private final List<String> first;
    private final String rest;

    EntryClass(List<String> first, String rest) {
        this.first = first;
        this.rest = rest;
    }

    /// The instructions that a jump overwrites.
    List<String> first() {
        return first;
    }

    /// What follows.
    String rest() {
        return rest;
    }
}
