package dev.repoint.it.programs;

/// The kind of a direct branch, by its mnemonic.
enum BranchKind {
    CALL("call"),
    JUMP("jump"),
    CONDITIONAL_JUMP("conditional-jump");

    private final String text;

    BranchKind(String text) {
        this.text = text;
    }

    /// Its name among the kinds of sites.
    String text() {
        return text;
    }

    /// The kind of an x86-64 instruction in the syntax of AT&T.
    ///
    /// @param mnemonic without prefixes and without `,pt` and the like
    /// @throws IllegalArgumentException if that is no branch
    static BranchKind of(String mnemonic) {
        return switch (mnemonic) {
            case "call", "callq" -> CALL;
            case "jmp", "jmpq" -> JUMP;
            default -> {
                if (!mnemonic.startsWith("j")) {
                    throw new IllegalArgumentException(mnemonic + " is no branch");
                }
                yield CONDITIONAL_JUMP;
            }
        };
    }
}
