package dev.repoint.machine.entry;

import dev.repoint.elf.dwarf.UnwindEntry;
import java.io.ByteArrayOutputStream;

/// Rewrites call frame instructions for a copy: what was said of an instruction of a function is said of the
/// same instruction in the copy (DWARF 5, 6.4.2 and 7.24).
///
/// Only advances are changed. What is said of places behind the moved instructions is left out.
final class CallFrames {

    private static final int ADVANCE_LOC = 0x40;
    private static final int HIGH = 0xc0;
    private static final int LOW = 0x3f;
    private static final int SET_LOC = 0x01;
    private static final int ADVANCE_LOC1 = 0x02;
    private static final int ADVANCE_LOC2 = 0x03;
    private static final int ADVANCE_LOC4 = 0x04;
    private static final int MIPS_ADVANCE_LOC8 = 0x1d;
    private static final int DEF_CFA_EXPRESSION = 0x0f;
    private static final int EXPRESSION = 0x10;
    private static final int VAL_EXPRESSION = 0x16;

    private final UnwindEntry original;
    private final MovedCopy copy;
    private final byte[] code;
    private final ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
    private int at;
    /// Where the instructions are in the function.
    private long place;
    /// Where what was rewritten is in the copy.
    private long reached;

    private CallFrames(UnwindEntry original, MovedCopy copy) {
        this.original = original;
        this.copy = copy;
        this.code = original.instructions();
        this.place = original.start().value();
        this.reached = copy.address();
    }

    /// @return null if some of the instructions are not known
    static byte[] of(UnwindEntry original, MovedCopy copy) throws Refusal {
        return new CallFrames(original, copy).rewritten();
    }

    private byte[] rewritten() throws Refusal {
        if (original.codeAlignment() <= 0) {
            throw unknown("count in units of no bytes");
        }
        try {
            while (at < code.length) {
                int start = at;
                int opcode = code[at++] & 0xff;
                if (isAdvance(opcode)) {
                    if (Long.compareUnsigned(place, copy.resume()) > 0) {
                        break;
                    }
                    continue;
                }
                skipOperands(opcode);
                if (opcode != 0) {
                    advance(copy.from(place));
                    rewritten.write(code, start, at - start);
                }
            }
        } catch (IndexOutOfBoundsException end) {
            throw unknown("end within an instruction");
        }
        return rewritten.toByteArray();
    }

    private boolean isAdvance(int opcode) throws Refusal {
        long unit = original.codeAlignment();
        if ((opcode & HIGH) == ADVANCE_LOC) {
            place += (opcode & LOW) * unit;
            return true;
        }
        switch (opcode) {
            case ADVANCE_LOC1 -> place += number(1) * unit;
            case ADVANCE_LOC2 -> place += number(2) * unit;
            case ADVANCE_LOC4 -> place += number(4) * unit;
            case MIPS_ADVANCE_LOC8 -> place += number(8) * unit;
            case SET_LOC -> throw unknown("set a place");
            default -> {
                return false;
            }
        }
        return true;
    }

    private long number(int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (code[at++] & 0xffL) << 8 * i;
        }
        return number;
    }

    private void skipOperands(int opcode) throws Refusal {
        switch (opcode & HIGH) {
            case 0x80 -> leb(); // offset
            case 0xc0 -> {} // restore
            default -> {
                switch (opcode) {
                    case 0x00, 0x0a, 0x0b, 0x2c, 0x2d -> {} // nop, remember_state, restore_state, negate_ra_state
                    // restore_extended, undefined, same_value, def_cfa_register, def_cfa_offset, args_size
                    case 0x06, 0x07, 0x08, 0x0d, 0x0e, 0x13, 0x2e -> leb();
                    // offset_extended, register, def_cfa, val_offset, and their signed forms
                    case 0x05, 0x09, 0x0c, 0x11, 0x12, 0x14, 0x15, 0x2f -> {
                        leb();
                        leb();
                    }
                    case DEF_CFA_EXPRESSION -> block();
                    case EXPRESSION, VAL_EXPRESSION -> {
                        leb();
                        block();
                    }
                    default -> throw unknown("have one of number 0x" + Integer.toHexString(opcode));
                }
            }
        }
    }

    private void block() throws Refusal {
        long length = leb();
        if (length < 0 || length > code.length - at) {
            throw unknown("end within an instruction");
        }
        at += (int) length;
    }

    private long leb() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = code[at++];
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    private void advance(long to) {
        long units = (to - reached) / original.codeAlignment();
        if (units > 0 && units < ADVANCE_LOC) {
            rewritten.write(ADVANCE_LOC | (int) units); // DW_CFA_advance_loc
        } else if (units > 0) {
            rewritten.write(ADVANCE_LOC2);
            rewritten.write((int) units);
            rewritten.write((int) units >> 8);
        }
        reached = to;
    }

    private Refusal unknown(String what) {
        return new Refusal(
                RefusalReason.UNKNOWN_UNWINDING,
                "the call frame instructions of the function at %s %s; a copy of its first instructions cannot be unwound, so patch its sites"
                        .formatted(original.start(), what));
    }
}
