package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Veneers: the targets of jumps, slots and pointers that are to do nothing, and far jumps.
///
/// They start with `endbr64`, because slots and pointers may hold them. A redundant `cs` distinguishes them from
/// functions that do the same. No linker makes veneers for x86-64.
final class Veneers {

    private static final byte[] NOTHING = Forms.bytes(
            0xf3, 0x0f, 0x1e, 0xfa, // endbr64
            0x2e, 0xc3); // cs ret
    private static final byte[] ZERO = Forms.bytes(
            0xf3, 0x0f, 0x1e, 0xfa, // endbr64
            0x2e, 0x31, 0xc0, // cs xor %eax,%eax
            0xc3); // ret
    /// Followed by the address.
    private static final byte[] FAR = Forms.bytes(
            0xf3, 0x0f, 0x1e, 0xfa, // endbr64
            0xff, 0x25, 0x00, 0x00, 0x00, 0x00); // jmp *0(%rip)

    private Veneers() {}

    /// A far jump holds an absolute address: it is for code that stands where it will run.
    static byte[] of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> NOTHING.clone();
            case Outcome.Zero() -> ZERO.clone();
            case Outcome.To(long target) ->
                ByteBuffer.allocate(FAR.length + Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(FAR)
                        .putLong(target)
                        .array();
        };
    }

    static @Nullable Outcome outcome(Code code, long address) {
        if (starts(code, address, NOTHING)) {
            return new Outcome.Nothing();
        }
        return starts(code, address, ZERO) ? new Outcome.Zero() : null;
    }

    static @Nullable Long destination(Code code, long address) {
        boolean far = starts(code, address, FAR) && code.contains(address, FAR.length + Long.BYTES);
        return far ? (Long) code.s64(address + FAR.length) : null;
    }

    private static boolean starts(Code code, long address, byte[] bytes) {
        return code.contains(address, bytes.length) && Arrays.equals(code.copy(address, bytes.length), bytes);
    }
}
