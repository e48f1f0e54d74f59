package dev.repoint.it.programs;

import java.util.List;

/// What a site of a kind looks like to objdump.
enum Shape {
    BRANCH,
    POINTER_CALL,
    POINTER_JUMP,
    ADDRESS,
    POINTER_LOAD,
    WORD;

    private static final List<String> READS =
            List.of("mov", "cmov", "push", "cmp", "test", "add", "sub", "and", "or", "xor");

    /// The shape of a kind of sites, by its text.
    ///
    /// @throws IllegalArgumentException if there is no such kind
    static Shape of(String kind) {
        return switch (kind) {
            case "call", "jump", "conditional-jump" -> BRANCH;
            case "pointer-call" -> POINTER_CALL;
            case "pointer-jump" -> POINTER_JUMP;
            case "address" -> ADDRESS;
            case "pointer-load" -> POINTER_LOAD;
            case "got-slot", "data-pointer" -> WORD;
            default -> throw new IllegalArgumentException("a site of the kind '" + kind + "'");
        };
    }

    /// Whether an instruction that is no direct branch to an entry can be one.
    boolean fits(Instruction instruction) {
        String mnemonic = instruction.mnemonic();
        String operands = instruction.operands();
        boolean relative = operands.contains("(%rip)");
        return switch (this) {
            case BRANCH, WORD -> false;
            case POINTER_CALL -> relative && mnemonic.startsWith("call") && operands.startsWith("*");
            case POINTER_JUMP -> relative && mnemonic.startsWith("jmp") && operands.startsWith("*");
            case ADDRESS -> relative && mnemonic.startsWith("lea");
            case POINTER_LOAD -> relative && READS.stream().anyMatch(mnemonic::startsWith);
        };
    }
}
