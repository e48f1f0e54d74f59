package dev.repoint.linux.seccomp;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Writes programs of filters, as `linux/filter.h` has their instructions.
final class Bpf {

    static final int LOAD = 0x20;
    static final int RETURN = 0x06;
    static final int JUMP = 0x05;
    static final int JUMP_EQUAL = 0x15;
    static final int RETURN_ACCUMULATOR = 0x16;
    static final int ALLOW = 0x7fff_0000;
    static final int ERRNO = 0x0005_0000;

    private static final int[] CALCULATIONS = {0x04, 0x14, 0x24, 0x34, 0x44, 0x54, 0x64, 0x74, 0xa4};
    private static final int[] COMPARISONS = {0x15, 0x25, 0x35, 0x45};
    private static final int INDEX = 0x08;
    private static final int WORDS = 16;

    private Bpf() {}

    /// An instruction.
    static long of(int code, int holds, int otherwise, int constant) {
        return code | (long) holds << 16 | (long) otherwise << 24 | (long) constant << 32;
    }

    /// The same without a comparison.
    static long of(int code, int constant) {
        return of(code, 0, 0, constant);
    }

    /// A program that lets all calls through but one, calculates something from that one's arguments, and
    /// refuses it with eight bits of the result for an error number.
    static List<Long> random(RandomGenerator random, int call) {
        List<Long> body = new ArrayList<>();
        int length = random.nextInt(1, 40);
        for (int i = 0; i < WORDS; i++) {
            body.add(of(LOAD, offset(random)));
            body.add(of(0x02, i)); // what was not stored must not be loaded
        }
        for (int i = 0; i < length; i++) {
            body.add(step(random, length - i - 1));
        }
        List<Long> program = new ArrayList<>(List.of(of(LOAD, 0), of(JUMP_EQUAL, 1, 0, call), of(RETURN, ALLOW)));
        program.addAll(body);
        program.add(of(0x74, random.nextInt(4) * 8)); // rsh
        program.add(of(0x54, 0xff)); // and
        program.add(of(0x44, ERRNO)); // or
        program.add(of(RETURN_ACCUMULATOR, 0));
        return program;
    }

    /// @param left how many steps are behind it
    private static long step(RandomGenerator random, int left) {
        int constant = random.nextBoolean() ? random.nextInt() : random.nextInt(0, 70);
        return switch (random.nextInt(10)) {
            case 0 -> of(LOAD, offset(random));
            case 1 -> of(random.nextBoolean() ? 0x00 : 0x01, constant); // ld, ldx
            case 2 -> of(random.nextBoolean() ? 0x60 : 0x61, random.nextInt(WORDS)); // ld, ldx: memory
            case 3 -> of(random.nextBoolean() ? 0x02 : 0x03, random.nextInt(WORDS)); // st, stx
            case 4 -> of(random.nextBoolean() ? 0x07 : 0x87, 0); // tax, txa
            case 5 -> of(random.nextBoolean() ? 0x80 : 0x81, 0); // ld, ldx: length
            case 6 -> of(0x84, 0); // neg
            case 7 -> of(JUMP, random.nextInt(left + 1));
            case 8 ->
                of(
                        COMPARISONS[random.nextInt(COMPARISONS.length)] | (random.nextBoolean() ? INDEX : 0),
                        random.nextInt(left + 1),
                        random.nextInt(left + 1),
                        constant);
            default -> calculation(random, constant);
        };
    }

    private static long calculation(RandomGenerator random, int constant) {
        int code = CALCULATIONS[random.nextInt(CALCULATIONS.length)];
        boolean isShift = code == 0x64 || code == 0x74;
        if (isShift) {
            return of(code, random.nextInt(32)); // by more the kernel takes none
        }
        return random.nextBoolean() ? of(code | INDEX, 0) : of(code, constant == 0 ? 1 : constant);
    }

    /// Not that of the instruction pointer, which is not known before the call.
    private static int offset(RandomGenerator random) {
        int word = random.nextInt(WORDS);
        return word == 2 || word == 3 ? 16 : word * 4;
    }
}
