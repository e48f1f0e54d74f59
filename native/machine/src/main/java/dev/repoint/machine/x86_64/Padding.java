package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;

/// What assemblers and linkers put between functions: nops of any length, int3, zeros.
final class Padding {

    /// Bytes; functions are not so far apart.
    private static final long LARGEST = 1 << 26;

    private Padding() {}

    static boolean is(Code gap) {
        if (gap.size() > LARGEST) {
            return false;
        }
        byte[] bytes = gap.copy(gap.address(), Math.toIntExact(gap.size()));
        Decoder decoder = new Decoder(bytes);
        int position = 0;
        while (position < bytes.length) {
            int length = bytes[position] == 0 ? 1 : decoder.decode(position);
            if (length == 0 || bytes[position] != 0 && !idle(decoder)) {
                return false;
            }
            position += length;
        }
        return true;
    }

    private static boolean idle(Decoder decoder) {
        return switch (decoder.map()) {
            case Decoder.ONE_BYTE ->
                decoder.lastOpcode() == Forms.NOP && decoder.rexAt() == decoder.opcodeAt()
                        || decoder.lastOpcode() == Forms.INT3;
            case Decoder.TWO_BYTE -> decoder.lastOpcode() == 0x1f && (decoder.modrm() & 0x38) == 0; // nopl, nopw
            default -> false;
        };
    }
}
