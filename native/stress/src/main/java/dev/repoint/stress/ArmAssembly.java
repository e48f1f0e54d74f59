package dev.repoint.stress;

import java.util.List;

/// Sites of AArch64. The number is in `x1`, because results are where the first argument is.
final class ArmAssembly implements SiteAssembly {

    private static final List<EntryClass> ENTRIES = List.of(
            new EntryClass(List.of("add x9, x1, #0x777"), "mov x0, x9\n ret\n"),
            // A place that is told from the instruction pointer.
            new EntryClass(List.of("adr x9, LABEL"), "LABEL: add x0, x1, #0x777\n ret\n"),
            // Branches that reach 1 MiB.
            new EntryClass(List.of("cbz x1, LABEL"), "LABEL: add x0, x1, #0x777\n ret\n"),
            new EntryClass(List.of("cbnz x1, LABEL"), "LABEL: add x0, x1, #0x777\n ret\n"),
            // A frame.
            new EntryClass(
                    List.of("stp x29, x30, [sp, #-16]!"),
                    "mov x29, sp\n add x0, x1, #0x777\n ldp x29, x30, [sp], #16\n ret\n"));

    @Override
    public List<SiteForm> forms() {
        return List.of(
                SiteForm.CALL,
                SiteForm.JUMP,
                SiteForm.ENTRY,
                SiteForm.SLOT_CALL,
                SiteForm.LOADED_SLOT,
                SiteForm.FUNCTION);
    }

    @Override
    public int length(SiteForm form) {
        return form.isWord() ? Long.BYTES : Integer.BYTES;
    }

    @Override
    public int placed(SiteForm form) {
        return Integer.BYTES;
    }

    @Override
    public int alignment() {
        return Integer.BYTES;
    }

    @Override
    public int argument() {
        return 1;
    }

    @Override
    public String filler() {
        return "";
    }

    @Override
    public List<EntryClass> entries() {
        return ENTRIES;
    }

    @Override
    public String jump(String label) {
        return "b " + label;
    }

    @Override
    public String target(String name, int factor, int summand) {
        StringBuilder others = new StringBuilder();
        for (int i = 1; i < 18; i++) {
            others.append("    mov x%d, #-1\n".formatted(i));
        }
        return """
            .globl %1$s
            .type %1$s, @function
            .balign 16
            %1$s:
            local_%1$s:
                mov x2, #%2$d
                mul x0, x1, x2
                add x0, x0, #%3$d
            %4$s    movi v0.2d, #0
                cmp x0, #0
                ret
            """.formatted(name, factor, summand, others);
    }

    @Override
    public String before(SiteForm form) {
        String saved = switch (form) {
            case CALL, SLOT_CALL -> "    stp x19, x30, [sp, #-16]!\n    mov x19, #0x5a5a\n";
            case LOADED_SLOT, JUMP, ENTRY, FUNCTION -> "";
            case CONDITIONAL, POINTER_CALL, POINTER_JUMP, RELAXED_CALL, RELAXED_JUMP ->
                throw new IllegalArgumentException();
        };
        return saved + "    mov x1, x0\n    mov x2, #0x4567\n    movk x2, #0x123, lsl #16\n    add x0, x0, x2\n";
    }

    @Override
    public String instruction(SiteForm form, int i, int condition) {
        // If x19 does not hold any more what was put there, the result is wrong.
        String leave = "    mov x17, #0x5a5a\n    sub x19, x19, x17\n"
                + "    add x0, x0, x19\n    ldp x19, x30, [sp], #16\n    ret\n";
        return switch (form) {
            case CALL -> "    bl local_stress_default\n" + leave;
            case JUMP -> "    b local_stress_default\n";
            case ENTRY -> "    nop\n    add x0, x1, #0x777\n    ret\n";
            case SLOT_CALL -> load(i) + "    blr x16\n" + leave;
            case LOADED_SLOT -> load(i) + "    br x16\n";
            case FUNCTION, CONDITIONAL, POINTER_CALL, POINTER_JUMP, RELAXED_CALL, RELAXED_JUMP ->
                throw new IllegalArgumentException();
        };
    }

    private static String load(int i) {
        return "    adrp x16, stress_pointer_%1$d\n    ldr x16, [x16, #:lo12:stress_pointer_%1$d]\n".formatted(i);
    }
}
