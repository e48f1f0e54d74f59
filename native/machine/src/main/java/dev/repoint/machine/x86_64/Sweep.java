package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.SweepListener;
import org.jspecify.annotations.Nullable;

/// Decodes one function from its first byte to its last.
final class Sweep {

    private static final int SHORT_LENGTH = 2;
    /// Bytes; what is larger is no function that a compiler made.
    private static final long LARGEST = 1 << 26;

    private final Code function;
    private final Decoder decoder;
    private final int size;

    private Sweep(Code function, byte[] bytes) {
        this.function = function;
        this.size = bytes.length;
        this.decoder = new Decoder(bytes);
    }

    static boolean of(Code function, SweepListener listener) {
        if (function.size() > LARGEST) {
            return false;
        }
        return new Sweep(function, function.copy(function.address(), Math.toIntExact(function.size()))).run(listener);
    }

    private boolean run(SweepListener listener) {
        int position = 0;
        while (position < size) {
            int length = decoder.decode(position);
            if (length == 0) {
                return false;
            }
            listener.boundary(function.address() + position, length);
            Instruction found = found(position + length);
            if (found != null) {
                listener.found(found);
            }
            position += length;
        }
        return true;
    }

    private @Nullable Instruction found(int end) {
        int opcode = decoder.lastOpcode();
        if (decoder.map() == Decoder.ONE_BYTE) {
            if (opcode == Forms.CALL) {
                return branch(SiteKind.CALL, end, Forms.BRANCH_LENGTH); // e8 rel32
            }
            if (opcode == Forms.JUMP) {
                return leaving(branch(SiteKind.JUMP, end, Forms.BRANCH_LENGTH)); // e9 rel32
            }
            if (opcode == 0xeb) {
                return leaving(branch(SiteKind.JUMP, end, SHORT_LENGTH)); // eb rel8
            }
            if ((opcode & 0xf0) == 0x70 || (opcode & 0xfc) == 0xe0) {
                return leaving(branch(SiteKind.CONDITIONAL_JUMP, end, SHORT_LENGTH)); // 7x rel8; e0 to e3: loop, jrcxz
            }
        } else if (decoder.map() == Decoder.TWO_BYTE && (opcode & 0xf0) == Forms.JCC) {
            return leaving(branch(SiteKind.CONDITIONAL_JUMP, end, Forms.LONG_LENGTH)); // 0f 8x rel32
        }
        return decoder.relativeAt() < 0 ? null : relative(opcode, end);
    }

    private Branch branch(SiteKind kind, int end, int length) {
        long next = function.address() + end;
        int distance = length == SHORT_LENGTH ? function.s8(next - 1) : function.s32(next - 4);
        return new Branch(kind, next - length, length, next + distance);
    }

    /// Only a jump out of the function is of interest.
    private @Nullable Branch leaving(Branch jump) {
        return function.contains(jump.destination(), 1) ? null : jump;
    }

    private @Nullable Instruction relative(int opcode, int end) {
        long at = function.address() + decoder.relativeAt();
        long destination = function.address() + end + function.s32(at);
        int reg = decoder.modrm() >> 3 & 7;
        boolean oneByte = decoder.map() == Decoder.ONE_BYTE;
        if (oneByte && opcode == Forms.GROUP_5 && (reg == 2 || reg == 4)) {
            // as SiteReader: of thread-local sequences only the linker may change a part
            boolean prefixed = decoder.wide();
            SiteKind kind = reg == 2 ? SiteKind.POINTER_CALL : SiteKind.POINTER_JUMP;
            return prefixed ? null : new PointerBranch(kind, at - 2, Forms.LONG_LENGTH, destination);
        }
        SiteKind kind = oneByte || decoder.map() == Decoder.TWO_BYTE
                ? References.kind(decoder.map(), opcode, reg, decoder.wide())
                : null;
        long start = function.address() + decoder.rexAt();
        return kind == null ? null : new Reference(kind, start, (int) (function.address() + end - start), destination);
    }
}
