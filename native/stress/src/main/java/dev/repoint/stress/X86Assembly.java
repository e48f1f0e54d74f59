package dev.repoint.stress;

import java.util.List;

/// Sites of x86-64.
final class X86Assembly implements SiteAssembly {

    private static final List<EntryClass> ENTRIES = List.of(
            // One instruction, as long as the jump or longer.
            new EntryClass(List.of("lea 0x777(%rdi), %rax"), "ret\n"),
            // Instructions of 1 and 3 bytes.
            new EntryClass(
                    List.of("push %rbp", "mov %rsp, %rbp", "push %rbx"),
                    "lea 0x777(%rdi), %rax\n pop %rbx\n pop %rbp\n ret\n"),
            // Instructions of 2 bytes.
            new EntryClass(
                    List.of("push %r15", "push %r14", "push %r13"),
                    "mov $1, %r13d\n mov $2, %r15d\n pop %r13\n pop %r14\n pop %r15\n lea 0x777(%rdi), %rax\n ret\n"),
            // Five instructions.
            new EntryClass(
                    List.of("push %rbx", "push %rbp", "push %rbx", "push %rbp", "push %rbx"),
                    "lea 0x777(%rdi), %rax\n pop %rbx\n pop %rbp\n pop %rbx\n pop %rbp\n pop %rbx\n ret\n"),
            // A branch that reaches 127 bytes.
            new EntryClass(
                    List.of("test %edi, %edi", "je LABEL", "mov %edi, %ecx"), "LABEL: lea 0x777(%rdi), %rax\n ret\n"),
            // A call.
            new EntryClass(List.of("push %rbx", "call LABEL"), "pop %rbx\n ret\nLABEL: lea 0x777(%rdi), %rax\n ret\n"),
            // A place that is told from the instruction pointer.
            new EntryClass(List.of("xor %ecx, %ecx", "lea LABEL(%rip), %rdx"), "LABEL: lea 0x777(%rdi), %rax\n ret\n"));

    @Override
    public List<SiteForm> forms() {
        return List.of(SiteForm.values());
    }

    @Override
    public int length(SiteForm form) {
        return switch (form) {
            case CALL, JUMP, RELAXED_CALL, RELAXED_JUMP, ENTRY, FUNCTION -> 5;
            case CONDITIONAL, POINTER_CALL, POINTER_JUMP -> 6;
            case SLOT_CALL, LOADED_SLOT -> Long.BYTES;
        };
    }

    @Override
    public int placed(SiteForm form) {
        return switch (form) {
            case CALL, JUMP, RELAXED_CALL, RELAXED_JUMP, ENTRY, FUNCTION -> 5;
            case CONDITIONAL, POINTER_CALL, POINTER_JUMP, SLOT_CALL -> 6;
            case LOADED_SLOT -> 7;
        };
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public int argument() {
        return 0;
    }

    @Override
    public String filler() {
        return ", 0x90";
    }

    @Override
    public List<EntryClass> entries() {
        return ENTRIES;
    }

    @Override
    public String jump(String label) {
        return "jmp " + label;
    }

    @Override
    public String target(String name, int factor, int summand) {
        return """
            .globl %1$s
            .type %1$s, @function
            .balign 16
            %1$s:
                imul $%2$d, %%rdi, %%rax
                add $%3$d, %%rax
                mov $-1, %%rcx
                mov %%rcx, %%rdx
                mov %%rcx, %%rsi
                mov %%rcx, %%rdi
                mov %%rcx, %%r8
                mov %%rcx, %%r9
                mov %%rcx, %%r10
                mov %%rcx, %%r11
                pxor %%xmm0, %%xmm0
                cmp $0, %%rax
                ret
            """.formatted(name, factor, summand);
    }

    @Override
    public String before(SiteForm form) {
        String saved = switch (form) {
            case CALL, RELAXED_CALL, POINTER_CALL, SLOT_CALL, LOADED_SLOT -> "    push %rbx\n    mov $0x5a5a, %ebx\n";
            case CONDITIONAL -> "    cmp $1000, %edi\n";
            case JUMP, RELAXED_JUMP, POINTER_JUMP, ENTRY, FUNCTION -> "";
        };
        return "    lea 0x1234567(%rdi), %rax\n" + saved;
    }

    @Override
    public String instruction(SiteForm form, int i, int condition) {
        String direct = ".long stress_default - . - 4\n";
        // If rbx does not hold any more what was put there, the result is wrong.
        String leave = "    sub $0x5a5a, %rbx\n    add %rbx, %rax\n    pop %rbx\n    ret\n";
        return switch (form) {
            case CALL -> "    .byte 0xe8\n    " + direct + leave;
            case RELAXED_CALL -> "    .byte 0x67, 0xe8\n    " + direct + leave;
            case JUMP -> "    .byte 0xe9\n    " + direct;
            case RELAXED_JUMP -> "    .byte 0xe9\n    " + direct + "    nop\n";
            case CONDITIONAL ->
                "    .byte 0x0f, 0x%02x\n".formatted(0x80 + condition) + "    " + direct
                        + "    lea 0x777(%rdi), %rax\n    ret\n";
            case POINTER_CALL -> "    call *stress_pointer_" + i + "(%rip)\n" + leave;
            case POINTER_JUMP -> "    jmp *stress_pointer_" + i + "(%rip)\n";
            case ENTRY -> "    .byte 0x0f, 0x1f, 0x44, 0, 0\n    lea 0x777(%rdi), %rax\n    ret\n";
            case SLOT_CALL -> "    call *stress_pointer_" + i + "(%rip)\n" + leave;
            case FUNCTION -> throw new IllegalArgumentException("a function has instructions of its own");
            case LOADED_SLOT -> "    mov stress_pointer_" + i + "(%rip), %r11\n    call *%r11\n" + leave;
        };
    }
}
