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

    /// The destination of a direct branch.
    long destination() {
        int end = operands.indexOf(' ');
        return Long.parseUnsignedLong(end < 0 ? operands : operands.substring(0, end), 16);
    }
}
