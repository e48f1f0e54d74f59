package dev.repoint.linux.poke;

import dev.repoint.machine.trap.Emulation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The first instructions of a function, as a place of 5 bytes that changes: from the instructions that were
/// built to a jump, and back. Immutable.
///
/// The place may hold several instructions. A thread that stood before the second one when the jump was written
/// goes on there at any later time: it may have lost its processor, be in a system call or in the handler of a
/// signal, or a call among the instructions may return there. So wherever one of the instructions starts behind
/// the first, a jump has a byte of its distance that is `int3`: [#fixedBits] says which. The handler sends a thread
/// that runs it to the copy of the instruction.
///
/// The last byte of the distance chooses 16 MiB: if it is `int3`, they begin 832 MiB below, where much may be mapped.
/// So it may also be another byte that no processor runs: it gives SIGILL in place of SIGTRAP.
///
/// @param address  of the first instruction
/// @param original the 5 bytes that were built, the first one lowest
/// @param starts   how far behind the first one the others start: ascending, from 1 to 4
/// @param copies   where the copies of all instructions are, the first one included
@SuppressWarnings("ArrayRecordComponent") // copied, and not compared
public record EntrySite(long address, long original, int[] starts, long[] copies) {

    /// How many bytes it has.
    public static final int LENGTH = 5;

    private static final int INT3 = 0xcc;
    private static final int INT3S = 0xcccc_cccc;
    private static final int LAST = Byte.SIZE * 3;
    /// First `int3`, then opcodes that are invalid in 64-bit mode (Intel SDM volume 2, "One-byte Opcode Map"), by
    /// the distance that they stand for.
    private static final int[] LAST_BYTES = {
        INT3, 0x06, 0x07, 0x0e, 0x16, 0x17, 0xea, 0x1e, 0x1f, 0x27, 0xd6, 0xd4, 0x2f, 0xce, 0x37, 0x3f, 0x60, 0x61, 0x9a
    };
    private static final long ALL = (1L << Byte.SIZE * LENGTH) - 1;

    /// Copies the arrays.
    ///
    /// @throws IllegalArgumentException if the starts are not ascending, or there are more or fewer copies
    public EntrySite {
        starts = starts.clone();
        copies = copies.clone();
        int last = 0;
        for (int start : starts) {
            if (start <= last || start >= LENGTH) {
                throw new IllegalArgumentException("instructions that start at " + Arrays.toString(starts));
            }
            last = start;
        }
        if (copies.length != starts.length + 1 || (original & ~ALL) != 0) {
            throw new IllegalArgumentException(copies.length + " copies of " + Long.toHexString(original));
        }
    }

    @Override
    public int[] starts() {
        return starts.clone();
    }

    @Override
    public long[] copies() {
        return copies.clone();
    }

    /// Which bits of the distance of a jump are given; the others are free.
    public int fixedBits() {
        return (int) (breakpoints() >>> Byte.SIZE);
    }

    /// What they are, with the better ones first.
    public int[] fixedValues() {
        int value = fixedBits() & INT3S;
        if (fixedBits() >>> LAST == 0) {
            return new int[] {value};
        }
        int[] values = new int[LAST_BYTES.length];
        Arrays.setAll(values, i -> value & (1 << LAST) - 1 | LAST_BYTES[i] << LAST);
        return values;
    }

    /// Whether a jump to an address has a byte that gives SIGILL.
    boolean endsInIllegalByte(long target) {
        return fixedBits() >>> LAST != 0 && distance(target) >>> LAST != INT3;
    }

    /// The bytes of a jump.
    ///
    /// @throws IllegalArgumentException if its distance is not one that is possible here
    /// @throws ArithmeticException if it is out of reach
    public long jump(long target) {
        int distance = distance(target);
        if (Arrays.stream(fixedValues()).noneMatch(each -> (distance & fixedBits()) == each)) {
            throw new IllegalArgumentException("a jump from 0x%x to 0x%x".formatted(address, target));
        }
        return 0xe9 | Integer.toUnsignedLong(distance) << Byte.SIZE; // jmp target
    }

    private int distance(long target) {
        return Math.toIntExact(target - (address + LENGTH));
    }

    /// A mask of the bytes at which instructions start.
    long breakpoints() {
        long mask = 0xff;
        for (int start : starts) {
            mask |= 0xffL << Byte.SIZE * start;
        }
        return mask;
    }

    /// What its bytes do; null if they are neither the original ones nor a jump.
    @Nullable
    Emulation emulation(long bytes) {
        return bytes == original ? Emulation.jump(copies[0]) : Emulation.of(bytes, LENGTH, address);
    }
}
