package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Reads instructions that form an address, or read a pointer of 8 bytes, at the displacement or immediate value that a
/// relocation names. They are only reported, so what is rare (vectors that copy pointers) may be missing.
final class References {

    private static final int REX_W = 0x08;

    private References() {}

    static @Nullable Reference at(Code code, long field) {
        int modrm = code.u8(field - 1);
        if (!code.contains(field - 2, 1)) {
            return null;
        }
        int opcode = code.u8(field - 2);
        int before = code.contains(field - 3, 1) ? code.u8(field - 3) : 0;
        int rex = (before & 0xf0) == 0x40 ? before : 0;
        boolean wide = (rex & REX_W) != 0;
        long start = rex == 0 ? field - 2 : field - 3;
        if ((modrm & 0xc7) != 0x05) {
            return immediate(code, field, start, opcode, modrm, wide);
        }
        int reg = modrm >> 3;
        return switch (opcode) {
            case 0x8d -> relative(SiteKind.ADDRESS, code, field, start, 0); // lea x(%rip),r
            // push x(%rip)
            case 0xff -> reg == 6 ? relative(SiteKind.POINTER_LOAD, code, field, start, 0) : null;
            // mov, add, or, and, sub, xor, cmp x(%rip),r; cmp r,x(%rip); test r,x(%rip)
            case 0x8b, 0x03, 0x0b, 0x23, 0x2b, 0x33, 0x3b, 0x39, 0x85 ->
                wide ? relative(SiteKind.POINTER_LOAD, code, field, start, 0) : null;
            // cmp $imm8,x(%rip)
            case 0x83 -> wide && reg == 7 ? relative(SiteKind.POINTER_LOAD, code, field, start, 1) : null;
            // cmp $imm32,x(%rip)
            case 0x81 -> wide && reg == 7 ? relative(SiteKind.POINTER_LOAD, code, field, start, 4) : null;
            default -> conditionalMove(code, field, opcode, before);
        };
    }

    /// `cmovcc x(%rip),r`: REX.W, 0f, 40 + condition, ModRM.
    private static @Nullable Reference conditionalMove(Code code, long field, int opcode, int before) {
        if ((opcode & 0xf0) != 0x40 || before != 0x0f || !code.contains(field - 4, 1)) {
            return null;
        }
        boolean wide = (code.u8(field - 4) & 0xf8) == 0x48;
        return wide ? relative(SiteKind.POINTER_LOAD, code, field, field - 4, 0) : null;
    }

    private static @Nullable Reference relative(SiteKind kind, Code code, long field, long start, int immediate) {
        long end = field + 4 + immediate;
        return code.contains(start, end - start)
                ? new Reference(kind, start, (int) (end - start), end + code.s32(field))
                : null;
    }

    /// The address itself as a value of 4 or 8 bytes, as code that is not position independent has it.
    private static @Nullable Reference immediate(Code code, long field, long start, int opcode, int last, boolean wide) {
        if ((last & 0xf8) == 0xb8) {
            if ((opcode & 0xf8) == 0x48 && code.contains(field, 8)) { // REX.W b8+r: movabs $x,r
                return new Reference(SiteKind.ADDRESS, field - 2, 10, code.s64(field));
            }
            return new Reference(SiteKind.ADDRESS, field - 1, 5, code.s32(field) & 0xffff_ffffL); // b8+r: mov $x,r32
        }
        boolean group = opcode == 0xc7 && (last & 0xf8) == 0xc0 // mov $x,r
                || opcode == 0xf7 && (last & 0xf8) == 0xc0 // test $x,r
                || opcode == 0x81 && (last & 0xc0) == 0xc0; // add, or, and, sub, xor, cmp $x,r
        if (group) {
            long value = wide ? code.s32(field) : code.s32(field) & 0xffff_ffffL;
            return new Reference(SiteKind.ADDRESS, start, (int) (field + 4 - start), value);
        }
        return last == 0x68 ? new Reference(SiteKind.ADDRESS, field - 1, 5, code.s32(field)) : null; // push $x
    }
}
