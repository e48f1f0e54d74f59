package dev.repoint.machine.trap.aarch64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Instructions, and the constants behind them.
final class CodeBytes {

    private static final int NOP = 0xd503201f;

    private CodeBytes() {}

    /// The bytes of words, filled up to a multiple of 8, with room for constants of 8 bytes behind them.
    ///
    /// @return where the first constant goes
    static ByteBuffer of(int[] words, int constants) {
        int length = words.length + 1 & -2;
        ByteBuffer bytes = ByteBuffer.allocate(length * Integer.BYTES + constants * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            bytes.putInt(i < words.length ? words[i] : NOP);
        }
        return bytes;
    }
}
