package dev.repoint.it.programs;

/// One line of `objdump -d`.
///
/// @param address where it starts
/// @param length in bytes
/// @param mnemonic without prefixes
/// @param operands as they are written, with what objdump says of them
record Instruction(long address, int length, String mnemonic, String operands) {

    /// Whether it is a call or a jump whose destination stands in the instruction.
    boolean isDirectBranch() {
        boolean branch = mnemonic.startsWith("call") || mnemonic.startsWith("j");
        return branch && !operands.isEmpty() && Character.digit(operands.charAt(0), 16) >= 0;
    }

    /// What `x(%rip)` means, which objdump says behind the operands, or -1 if none of them is of that form.
    long relative() {
        int comment = operands.indexOf("(%rip)") < 0 ? -1 : operands.indexOf("# ");
        if (comment < 0) {
            return -1;
        }
        int end = operands.indexOf(' ', comment + 2);
        return Long.parseUnsignedLong(operands.substring(comment + 2, end < 0 ? operands.length() : end), 16);
    }

    /// The destination of a direct branch.
    long destination() {
        int end = operands.indexOf(' ');
        return Long.parseUnsignedLong(end < 0 ? operands : operands.substring(0, end), 16);
    }
}
