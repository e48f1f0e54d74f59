package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.BranchListener;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import dev.repoint.machine.instruction.Step.Flow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Moves the first instructions of functions.
///
/// | here | elsewhere |
/// | --- | --- |
/// | `e8`, `e9`, `0f 8x`, `c7 f8` with `rel32` | the same, the distance adjusted |
/// | `eb rel8` | `e9 rel32` |
/// | `70+cc rel8` | `0f 80+cc rel32` |
/// | `e0` to `e3 rel8`: `loop`, `jrcxz` | the same to the third: `e3 02; eb 05; e9 rel32` |
/// | a displacement from the instruction pointer | the same, adjusted |
/// | `addr32` with such a displacement | not moved |
/// | anything else | the same bytes |
enum EntryMover implements Mover {
    /// It has no state.
    INSTANCE;

    private static final String REACH = "2 GiB";
    private static final long DISTANCE = Integer.MAX_VALUE;
    private static final int ENDBR64 = 0xfa1e_0ff3; // f3 0f 1e fa
    private static final int SHORT_JUMP = 0xeb;
    private static final int SHORT_JCC = 0x70;
    private static final int LOOPS = 0xe0;
    /// `loop .+4; jmp .+7; jmp rel32`, without what stands before the opcode.
    private static final int LOOP_LENGTH = 9;
    private static final byte[] UD2 = {0x0f, 0x0b}; // ud2

    @Override
    public int head(Code code, long entry) {
        return code.contains(entry, 4) && code.s32(entry) == ENDBR64 ? 4 : 0;
    }

    @Override
    public boolean isUndone(Code code, long entry) {
        return false;
    }

    @Override
    public byte[] undoing(Code code, long entry) {
        return new byte[0];
    }

    @Override
    public int jumpLength() {
        return Forms.BRANCH_LENGTH;
    }

    @Override
    public long jumpReach() {
        return DISTANCE;
    }

    @Override
    public byte[] jump(long from, long to) throws OutOfRange {
        byte[] jump = Forms.bytes(Forms.JUMP, 0, 0, 0, 0); // jmp to
        fill(jump, 1, from, to, from + jump.length);
        return jump;
    }

    @Override
    public byte[] approach(Code code, long entry, long address, long target) {
        return Veneers.of(new Outcome.To(target));
    }

    @Override
    public byte[] trap() {
        return UD2.clone();
    }

    @Override
    public @Nullable Step step(Code code, long address) {
        Decoder decoder = decoder(code, address);
        int length = decoder.decode(0);
        return length == 0 ? null : step(decoder, code, address, length);
    }

    @Override
    public long branches(Code code, BranchListener listener) {
        byte[] bytes = code.copy(code.address(), Math.toIntExact(code.size()));
        Decoder decoder = new Decoder(bytes);
        int position = 0;
        while (position < bytes.length) {
            int length = decoder.decode(position);
            if (length == 0) {
                return code.address() + position;
            }
            Flow flow = flow(decoder);
            long from = code.address() + position;
            if (flow == Flow.POINTER_JUMP && decoder.instructionRelativeAt() < 0) {
                listener.unseenJump(from);
            } else if (flow == Flow.CALL || flow == Flow.JUMP || flow == Flow.CONDITIONAL_JUMP) {
                listener.branch(from, destination(code, from + length, isShort(decoder)), flow == Flow.CALL);
            }
            position += length;
        }
        return code.end();
    }

    @Override
    public void perhapsBranches(Code code, BranchListener listener) {
        BranchSearch.any(code, (call, field, destination) -> {
            listener.branch(field - 1, destination, call);
            return false;
        });
    }

    @Override
    public int movedLength(Code code, Step step) {
        Decoder decoder = decoder(code, step.address());
        int length = decoder.decode(0);
        if (length == 0 || decoder.instructionRelativeAt() >= 0 && decoder.isAddress32()) {
            return 0;
        }
        if (!isShort(decoder)) {
            return length;
        }
        int before = decoder.opcodeAt();
        return switch (decoder.lastOpcode() & 0xf0) {
            case SHORT_JCC -> before + Forms.LONG_LENGTH;
            default -> before + (decoder.lastOpcode() == SHORT_JUMP ? Forms.BRANCH_LENGTH : LOOP_LENGTH);
        };
    }

    @Override
    public long reach(Code code, Step step) {
        return DISTANCE;
    }

    @Override
    public byte[] moved(Code code, Step step, long address) throws OutOfRange {
        int length = movedLength(code, step);
        if (length == 0) {
            throw new IllegalArgumentException("the instruction at 0x%x cannot be moved".formatted(step.address()));
        }
        byte[] moved = new byte[length];
        Decoder decoder = decoder(code, step.address());
        decoder.decode(0);
        int field = field(decoder, step);
        System.arraycopy(code.copy(step.address(), step.length()), 0, moved, 0, Math.min(step.length(), length));
        if (isShort(decoder)) {
            lengthen(moved, decoder.opcodeAt());
            field = length - Integer.BYTES;
        }
        if (field >= 0) {
            fill(moved, field, address, step.destination(), address + length);
        }
        return moved;
    }

    private static Decoder decoder(Code code, long address) {
        int length = (int) Math.min(Decoder.MAX_LENGTH, code.end() - address);
        return new Decoder(code.copy(address, length));
    }

    private static Step step(Decoder decoder, Code code, long address, int length) {
        Flow flow = flow(decoder);
        boolean isBranch = flow == Flow.CALL || flow == Flow.JUMP || flow == Flow.CONDITIONAL_JUMP;
        long end = address + length;
        if (isBranch) {
            return new Step(address, length, flow, true, destination(code, end, isShort(decoder)));
        }
        int relative = decoder.instructionRelativeAt();
        return relative < 0
                ? new Step(address, length, flow, false, 0)
                : new Step(address, length, flow, true, end + code.s32(address + relative));
    }

    private static Flow flow(Decoder decoder) {
        int opcode = decoder.lastOpcode();
        return switch (decoder.map()) {
            case Decoder.ONE_BYTE ->
                switch (opcode) {
                    case Forms.CALL -> Flow.CALL;
                    case Forms.JUMP, SHORT_JUMP -> Flow.JUMP;
                    case 0xe0, 0xe1, 0xe2, 0xe3 -> Flow.CONDITIONAL_JUMP; // loopne, loope, loop, jrcxz
                    case 0xc7 -> decoder.modrm() == 0xf8 ? Flow.CONDITIONAL_JUMP : Flow.NEXT; // xbegin
                    case 0xc2, 0xc3, 0xca, 0xcb, 0xcf, 0xf4 -> Flow.END; // ret, lret, iret, hlt
                    case Forms.GROUP_5 ->
                        switch (decoder.modrm() >> 3 & 7) {
                            case 2, 3 -> Flow.POINTER_CALL;
                            case 4, 5 -> Flow.POINTER_JUMP;
                            default -> Flow.NEXT;
                        };
                    default -> (opcode & 0xf0) == SHORT_JCC ? Flow.CONDITIONAL_JUMP : Flow.NEXT;
                };
            case Decoder.TWO_BYTE ->
                switch (opcode) {
                    case 0x0b, 0xb9, 0xff -> Flow.END; // ud2, ud1, ud0
                    default -> (opcode & 0xf0) == Forms.JCC ? Flow.CONDITIONAL_JUMP : Flow.NEXT;
                };
            default -> Flow.NEXT;
        };
    }

    private static boolean isShort(Decoder decoder) {
        int opcode = decoder.lastOpcode();
        return decoder.map() == Decoder.ONE_BYTE
                && (opcode == SHORT_JUMP || (opcode & 0xf0) == SHORT_JCC || (opcode & 0xfc) == LOOPS);
    }

    /// The destination of a branch: the distance is its last part.
    private static long destination(Code code, long end, boolean isShort) {
        return end + (isShort ? code.s8(end - 1) : code.s32(end - Integer.BYTES));
    }

    /// Where the distance of 4 bytes stands in an instruction; -1 if it has none.
    private static int field(Decoder decoder, Step step) {
        return step.isBranch() ? step.length() - Integer.BYTES : decoder.instructionRelativeAt();
    }

    /// Makes the form that reaches 2 GiB of a branch that reaches 127 bytes.
    ///
    /// @param moved the bytes of the short one, and room behind
    private static void lengthen(byte[] moved, int opcodeAt) {
        int opcode = moved[opcodeAt] & 0xff;
        byte[] form;
        if (opcode == SHORT_JUMP) {
            form = Forms.bytes(Forms.JUMP, 0, 0, 0, 0); // jmp rel32
        } else if ((opcode & 0xf0) == SHORT_JCC) {
            form = Forms.bytes(Forms.TWO_BYTE, opcode - SHORT_JCC + Forms.JCC, 0, 0, 0, 0); // jcc rel32
        } else {
            form = Forms.bytes(
                    opcode,
                    2, // jrcxz .+4
                    SHORT_JUMP,
                    Forms.BRANCH_LENGTH, // jmp .+7
                    Forms.JUMP,
                    0,
                    0,
                    0,
                    0); // jmp rel32
        }
        System.arraycopy(form, 0, moved, opcodeAt, form.length);
    }

    /// Fills a distance: `bytes[at..at+4] <- to - end, as int32`.
    private static void fill(byte[] bytes, int at, long from, long to, long end) throws OutOfRange {
        long distance = to - end;
        if (distance != (int) distance) {
            throw OutOfRange.of(SiteKind.JUMP, from, to, REACH);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, (int) distance);
    }
}
