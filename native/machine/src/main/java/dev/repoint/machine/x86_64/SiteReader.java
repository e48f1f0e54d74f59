package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Reads the instruction whose displacement a relocation names, looking backwards from the displacement.
///
/// What may stand before a displacement excludes one another: the opcodes `e8` and `e9`, the second byte of `0f
/// 8x`, a ModRM byte of the form name(%rip) (05, 0d .. 3d), and the first bytes of the forms that [SiteWriter]
/// leaves. One case overlaps: lld and gold rewrite `jmp *slot(%rip)` to `jmp name; nop` and leave the
/// relocation where it was, one byte behind the new displacement. `e9` two bytes before and `90` three bytes
/// behind show it; read as anything else, such bytes would have a displacement of less than -1.7 GiB.
final class SiteReader {

    /// The bytes from the one before the displacement to its end.
    private static final int SEEN = 5;
    private static final int NONE = -1;

    private SiteReader() {}

    static @Nullable Instruction at(Code code, long field) {
        if (!code.contains(field - 1, SEEN)) {
            return null;
        }
        int second = code.contains(field - 2, 1) ? code.u8(field - 2) : NONE;
        int first = code.u8(field - 1);
        if (second == Forms.JUMP && code.u8(field + 3) == Forms.NOP) {
            return branch(SiteKind.JUMP, code, field - 2, field - 1); // e9 rel32 90, named one byte late
        }
        if (first == Forms.CALL) {
            return branch(SiteKind.CALL, code, field - 1, field); // e8 rel32
        }
        if (first == Forms.JUMP) {
            return branch(SiteKind.JUMP, code, field - 1, field); // e9 rel32
        }
        if (second == Forms.TWO_BYTE && (first & 0xf0) == Forms.JCC) {
            return branch(SiteKind.CONDITIONAL_JUMP, code, field - 2, field); // 0f 8x rel32
        }
        if (second == Forms.GROUP_5 && first == Forms.POINTER_CALL) {
            // 66 48 ff 15: the call of __tls_get_addr, whose whole sequence is the linker's
            boolean threadLocal =
                    code.contains(field - 4, 1) && code.u8(field - 4) == 0x66 && code.u8(field - 3) == 0x48;
            return threadLocal ? null : pointerBranch(SiteKind.POINTER_CALL, code, field); // ff 15 disp32
        }
        if (second == Forms.GROUP_5 && first == Forms.POINTER_JUMP) {
            return pointerBranch(SiteKind.POINTER_JUMP, code, field); // ff 25 disp32
        }
        Instruction emptied = emptied(second, first, code.s32(field), field);
        return emptied != null ? emptied : References.at(code, field);
    }

    private static Branch branch(SiteKind kind, Code code, long start, long displacement) {
        long end = displacement + 4;
        return new Branch(kind, start, (int) (end - start), end + code.s32(displacement));
    }

    private static PointerBranch pointerBranch(SiteKind kind, Code code, long field) {
        return new PointerBranch(kind, field - 2, Forms.LONG_LENGTH, field + 4 + code.s32(field));
    }

    private static @Nullable Emptied emptied(int second, int first, int word, long field) {
        return switch (first) {
            case 0x0f ->
                word == 0x0000441f // 0f|1f 44 00 00
                        ? call(field - 1, new Outcome.Nothing())
                        : null;
            case 0x2e -> {
                if (word == 0xc031482e) { // 2e|2e 48 31 c0
                    yield call(field - 1, new Outcome.Zero());
                }
                yield second == 0x2e && word == 0xc0312e2e // 2e 2e|2e 2e 31 c0
                        ? pointer(SiteKind.POINTER_CALL, field, new Outcome.Zero())
                        : null;
            }
            case 0x66 ->
                second == 0x66 && word == 0x00401f0f // 66 66|0f 1f 40 00
                        ? pointer(SiteKind.POINTER_CALL, field, new Outcome.Nothing())
                        : null;
            case 0xc3 ->
                word == 0xcccccccc // c3|cc cc cc cc
                        ? jump(field - 1)
                        : null;
            case 0xcc -> {
                if (second != 0xc3) {
                    yield null;
                }
                if (word == 0x90cccccc) { // c3 cc|cc cc cc 90, named one byte late
                    yield jump(field - 2);
                }
                yield word == 0xcccccccc // c3 cc|cc cc cc cc
                        ? pointer(SiteKind.POINTER_JUMP, field, new Outcome.Nothing())
                        : null;
            }
            default -> null;
        };
    }

    private static Emptied call(long start, Outcome outcome) {
        return new Emptied(SiteKind.CALL, start, Forms.BRANCH_LENGTH, outcome);
    }

    private static Emptied jump(long start) {
        return new Emptied(SiteKind.JUMP, start, Forms.BRANCH_LENGTH, new Outcome.Nothing());
    }

    private static Emptied pointer(SiteKind kind, long field, Outcome outcome) {
        return new Emptied(kind, field - 2, Forms.LONG_LENGTH, outcome);
    }
}
