package dev.repoint.linux.x86_64;

import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import java.util.Arrays;

/// Jumps of 5 bytes. Where instructions start behind the first one, a byte of the distance is `int3`.
///
/// The last byte of the distance chooses 16 MiB: if it is `int3`, they begin 832 MiB below, where much may be mapped.
/// So it may also be another byte that no processor runs: it gives SIGILL in place of SIGTRAP.
final class X86EntryJumps implements EntryJumps {

    private static final int LENGTH = 5;
    private static final int REPEAT = 0xf2;
    private static final int REX = 0x40;
    /// Those that may stand before the opcode, but for REX.
    private static final String PREFIXES = "\u00f2\u00f3fg.6>&de";
    private static final int APPROACH_LENGTH = 6;
    private static final int INT3 = 0xcc;
    private static final int INT3S = 0xcccc_cccc;
    private static final int LAST = Byte.SIZE * 3;
    /// First `int3`, then opcodes that are invalid in 64-bit mode (Intel SDM volume 2, "One-byte Opcode Map"), by
    /// the distance that they stand for.
    private static final int[] LAST_BYTES = {
        INT3, 0x06, 0x07, 0x0e, 0x16, 0x17, 0xea, 0x1e, 0x1f, 0x27, 0xd6, 0xd4, 0x2f, 0xce, 0x37, 0x3f, 0x60, 0x61, 0x9a
    };

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public int fixedBits(EntrySite site) {
        return (int) (site.traps(1) >>> Byte.SIZE);
    }

    @Override
    public int[] fixedValues(EntrySite site) {
        int bits = fixedBits(site);
        int value = bits & INT3S;
        if (bits >>> LAST == 0) {
            return new int[] {value};
        }
        int[] values = new int[LAST_BYTES.length];
        Arrays.setAll(values, i -> value & (1 << LAST) - 1 | LAST_BYTES[i] << LAST);
        return values;
    }

    @Override
    public long reach() {
        return 0;
    }

    @Override
    public long jump(EntrySite site, long target) {
        int distance = distance(site, target);
        int bits = fixedBits(site);
        if (Arrays.stream(fixedValues(site)).noneMatch(each -> (distance & bits) == each)) {
            throw new IllegalArgumentException("a jump from 0x%x to 0x%x".formatted(site.address(), target));
        }
        return 0xe9 | Integer.toUnsignedLong(distance) << Byte.SIZE; // jmp target
    }

    @Override
    public boolean endsInIllegalByte(EntrySite site, long target) {
        return fixedBits(site) >>> LAST != 0 && distance(site, target) >>> LAST != INT3;
    }

    @Override
    public boolean repeats(byte[] first) {
        boolean hasRepeat = false;
        int at = 0;
        while (at < first.length - 1 && PREFIXES.indexOf(first[at] & 0xff) >= 0) {
            hasRepeat |= (first[at] & 0xfe) == REPEAT;
            at++;
        }
        int opcode = first[(first[at] & 0xf0) == REX ? Math.min(at + 1, first.length - 1) : at] & 0xff;
        return hasRepeat && (opcode >= 0xa4 && opcode <= 0xa7 || opcode >= 0xaa && opcode <= 0xaf);
    }

    private static int distance(EntrySite site, long target) {
        return Math.toIntExact(target - (site.address() + LENGTH));
    }

    @Override
    public int approachLength() {
        return APPROACH_LENGTH;
    }

    @Override
    public byte[] approach(long address, long word) {
        byte[] code = new byte[APPROACH_LENGTH];
        code[0] = (byte) 0xff;
        code[1] = 0x25; // jmp *word(%rip)
        long distance = word - address - APPROACH_LENGTH;
        for (int i = 0; i < Integer.BYTES; i++) {
            code[2 + i] = (byte) (distance >>> Byte.SIZE * i);
        }
        return code;
    }
}
