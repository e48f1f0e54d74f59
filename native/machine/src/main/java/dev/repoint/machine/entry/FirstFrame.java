package dev.repoint.machine.entry;

import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.dwarf.UnwindEntry;

/// The frame that an unwind entry begins with (DWARF 5, 6.4.2.2).
final class FirstFrame {

    private static final int ADVANCE_LOC = 0x40;
    private static final int HIGH = 0xc0;
    private static final int OFFSET = 0x80;
    private static final int DEF_CFA = 0x0c;
    private static final int DEF_CFA_REGISTER = 0x0d;
    private static final int DEF_CFA_OFFSET = 0x0e;

    private long register = -1;
    private long offset;
    private int at;

    private FirstFrame() {}

    /// Whether the frame is set up already where an entry begins. Then it describes a part of a function, which
    /// other parts jump to: compilers move what rarely runs away.
    static boolean isSetUp(UnwindEntry entry, ElfMachine machine) {
        FirstFrame frame = new FirstFrame();
        boolean isKnown = frame.run(entry.common()) && frame.run(entry.instructions());
        return isKnown
                && switch (machine) {
                    case X86_64 -> frame.register != 7 || frame.offset != 8; // rsp
                    case AARCH64 -> frame.register != 31 || frame.offset != 0; // sp
                };
    }

    /// Runs instructions up to the first advance.
    ///
    /// @return false if one is not known
    private boolean run(byte[] code) {
        at = 0;
        try {
            while (at < code.length) {
                int opcode = code[at++] & 0xff;
                if ((opcode & HIGH) == ADVANCE_LOC || opcode >= 0x01 && opcode <= 0x04) {
                    return true;
                }
                if (!runOne(code, opcode)) {
                    return false;
                }
            }
        } catch (IndexOutOfBoundsException end) {
            return false;
        }
        return true;
    }

    private boolean runOne(byte[] code, int opcode) {
        if ((opcode & HIGH) == OFFSET) {
            leb(code);
            return true;
        }
        switch (opcode) {
            case 0x00, 0x2c, 0x2d -> {} // nop, negate_ra_state
            case DEF_CFA -> {
                register = leb(code);
                offset = leb(code);
            }
            case DEF_CFA_REGISTER -> register = leb(code);
            case DEF_CFA_OFFSET -> offset = leb(code);
            case 0x07, 0x08, 0x2e -> leb(code); // undefined, same_value, args_size
            case 0x05, 0x09, 0x11 -> { // offset_extended, register, offset_extended_sf
                leb(code);
                leb(code);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private long leb(byte[] code) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = code[at++];
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }
}
