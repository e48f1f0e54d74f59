package dev.repoint.linux.aarch64;

import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Jumps of one instruction: so no thread can stand inside of one.
final class ArmEntryJumps implements EntryJumps {

    private static final int B = 0x14000000; // b .
    private static final int IMM26 = 0x03ffffff;
    private static final long REACH = 1L << 27;
    private static final int[] APPROACH = {
        0x90000010, // adrp x16, word
        0xf9400210, // ldr x16, [x16, :lo12:word]
        0xd61f0200, // br x16
    };

    @Override
    public int length() {
        return Integer.BYTES;
    }

    @Override
    public int fixedBits(EntrySite site) {
        return 0;
    }

    @Override
    public int[] fixedValues(EntrySite site) {
        return new int[] {0};
    }

    @Override
    public long reach() {
        return REACH - Long.BYTES;
    }

    /// `imm26 <- (target - place) / 4, as int26`.
    @Override
    public long jump(EntrySite site, long target) {
        long distance = target - site.address();
        if (distance < -REACH || distance >= REACH) {
            throw new ArithmeticException("0x%x is out of reach of b at 0x%x".formatted(target, site.address()));
        }
        if ((distance & Integer.BYTES - 1) != 0) {
            throw new IllegalArgumentException("a jump from 0x%x to 0x%x".formatted(site.address(), target));
        }
        return Integer.toUnsignedLong(B | (int) (distance >> 2) & IMM26); // b target
    }

    @Override
    public boolean endsInIllegalByte(EntrySite site, long target) {
        return false;
    }

    @Override
    public int approachLength() {
        return APPROACH.length * Integer.BYTES;
    }

    /// `imm21 <- page of word - page of code`, `imm12 <- word in its page / 8`.
    @Override
    public byte[] approach(long address, long word) {
        int pages = Math.toIntExact((word >> 12) - (address >> 12));
        return ByteBuffer.allocate(approachLength())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(APPROACH[0] | pages >> 2 << 5 & 0x00ffffe0 | (pages & 3) << 29)
                .putInt(APPROACH[1] | (int) (word & 0xff8) << 7)
                .putInt(APPROACH[2])
                .array();
    }
}
