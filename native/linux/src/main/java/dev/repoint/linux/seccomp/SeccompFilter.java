package dev.repoint.linux.seccomp;

/// A filter of system calls: a program of the classic Berkeley packet filter, as far as `seccomp(2)` allows it
/// (`linux/filter.h`, `linux/bpf_common.h`, `kernel/seccomp.c`). It has an accumulator, an index register, and
/// sixteen words of memory, all of 32 bits without a sign, and jumps only forward. Immutable.
///
/// | instruction | what it does |
/// | --- | --- |
/// | `ld`, `ldx` | loads a word of the call, its size, a constant, or a word of memory |
/// | `st`, `stx` | stores to memory |
/// | `alu` | calculates with the accumulator, and a constant or the index register |
/// | `jmp` | jumps, always or by a comparison |
/// | `ret` | ends with a constant or the accumulator |
/// | `tax`, `txa` | copies one register to the other |
public final class SeccompFilter {

    /// The size of an instruction (`struct sock_filter`): its code in 2 bytes, where to go if a comparison
    /// holds and if it does not in 1 each, and a constant in 4.
    public static final int INSTRUCTION = 8;

    private static final int CALL_SIZE = 64;
    private static final int MEMORY = 16;
    private static final int CLASS = 0x07;
    private static final int MODE = 0xe0;
    private static final int OPERATION = 0xf0;
    private static final int INDEX = 0x08;
    private static final int KILLED = 0;
    private static final int OUT_OF_PROGRAM = 0x8000_0000;

    private final long[] program;

    private SeccompFilter(long[] program) {
        this.program = program;
    }

    /// A filter.
    ///
    /// @param program its instructions, each as a word with the first byte lowest
    public static SeccompFilter of(long... program) {
        return new SeccompFilter(program.clone());
    }

    /// What it has the kernel do about a call.
    ///
    /// @return the strictest action for a program that the kernel would not have taken
    public SeccompAction action(SystemCall call) {
        return SeccompAction.of(returned(call));
    }

    /// The number that it returns for a call: an action, and 16 bits of data.
    int returned(SystemCall call) {
        return new Run(call).run();
    }

    /// One run.
    private final class Run {

        private final SystemCall call;
        private final int[] memory = new int[MEMORY];
        private int accumulator;
        private int index;

        private Run(SystemCall call) {
            this.call = call;
        }

        private int run() {
            for (int at = 0; at < program.length; at++) {
                int code = (int) program[at] & 0xffff;
                int constant = (int) (program[at] >>> Integer.SIZE);
                switch (code & CLASS) {
                    case 0 -> accumulator = load(code, constant);
                    case 1 -> index = load(code, constant);
                    case 2 -> memory[constant & MEMORY - 1] = accumulator;
                    case 3 -> memory[constant & MEMORY - 1] = index;
                    case 4 -> {
                        if (!calculate(code, (code & INDEX) == 0 ? constant : index)) {
                            return KILLED;
                        }
                    }
                    case 5 -> at = next(at, code, constant);
                    case 6 -> {
                        return (code & 0x18) == 0 ? constant : accumulator;
                    }
                    default -> {
                        if ((code & 0xf8) == 0) {
                            index = accumulator;
                        } else {
                            accumulator = index;
                        }
                    }
                }
            }
            return OUT_OF_PROGRAM;
        }

        private int load(int code, int constant) {
            return switch (code & MODE) {
                case 0x00 -> constant;
                case 0x20 -> call.word(constant);
                case 0x60 -> memory[constant & MEMORY - 1];
                default -> CALL_SIZE;
            };
        }

        /// @return false for a division by zero, which ends the program
        private boolean calculate(int code, int operand) {
            boolean isDivision = (code & OPERATION) == 0x30;
            if (isDivision && operand == 0) {
                return false;
            }
            boolean isFar = Integer.compareUnsigned(operand, Integer.SIZE) >= 0;
            accumulator = switch (code & OPERATION) {
                case 0x00 -> accumulator + operand;
                case 0x10 -> accumulator - operand;
                case 0x20 -> accumulator * operand;
                case 0x30 -> Integer.divideUnsigned(accumulator, operand);
                case 0x40 -> accumulator | operand;
                case 0x50 -> accumulator & operand;
                case 0x60 -> isFar ? 0 : accumulator << operand;
                case 0x70 -> isFar ? 0 : accumulator >>> operand;
                case 0x80 -> -accumulator;
                default -> accumulator ^ operand;
            };
            return true;
        }

        private int next(int at, int code, int constant) {
            int operand = (code & INDEX) == 0 ? constant : index;
            boolean holds = switch (code & OPERATION) {
                case 0x10 -> accumulator == operand;
                case 0x20 -> Integer.compareUnsigned(accumulator, operand) > 0;
                case 0x30 -> Integer.compareUnsigned(accumulator, operand) >= 0;
                default -> (accumulator & operand) != 0;
            };
            long distance =
                    (code & OPERATION) == 0 ? constant & 0xffff_ffffL : program[at] >>> (holds ? 16 : 24) & 0xff;
            return (int) Math.min(at + distance, program.length);
        }
    }
}
