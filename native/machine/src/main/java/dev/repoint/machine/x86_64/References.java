package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Reads instructions that form an address, or read a pointer of 8 bytes, at the displacement or immediate
/// value that a relocation names. They are only reported, so what is rare (vectors that copy pointers) may be
/// missing.
final class References {

    private static final int REX_W = 0x08;

    private References() {}

    /// What an instruction does with its operand in memory.
    ///
    /// @param map  [Decoder#ONE_BYTE] or [Decoder#TWO_BYTE]
    /// @param reg  that of ModRM
    /// @param wide whether operands have 64 bits
    /// @return null if it neither forms an address nor reads a pointer
    static @Nullable SiteKind kind(int map, int opcode, int reg, boolean wide) {
        if (map == Decoder.TWO_BYTE) {
            return wide && (opcode & 0xf0) == 0x40 ? SiteKind.POINTER_LOAD : null; // cmovcc x(%rip),r
        }
        boolean reads = switch (opcode) {
            case 0xff -> reg == 6; // push x(%rip)
            // mov, add, or, and, sub, xor, cmp x(%rip),r; cmp r,x(%rip); test r,x(%rip)
            case 0x8b, 0x03, 0x0b, 0x23, 0x2b, 0x33, 0x3b, 0x39, 0x85 -> wide;
            case 0x81, 0x83 -> wide && reg == 7; // cmp $imm,x(%rip)
            default -> false;
        };
        return opcode == 0x8d ? SiteKind.ADDRESS : reads ? SiteKind.POINTER_LOAD : null; // lea x(%rip),r
    }

    static @Nullable Reference at(Code code, long field) {
        int modrm = code.u8(field - 1);
        int opcode = code.contains(field - 2, 1) ? code.u8(field - 2) : 0;
        return (modrm & 0xc7) == 0x05
                ? relative(code, field, opcode, modrm >> 3)
                : immediate(code, field, opcode, modrm);
    }

    private static @Nullable Reference relative(Code code, long field, int opcode, int reg) {
        boolean twoByte = code.contains(field - 3, 1) && code.u8(field - 3) == Forms.TWO_BYTE;
        long start = field - (twoByte ? 3 : 2);
        int rex = rexBefore(code, start);
        SiteKind kind = kind(twoByte ? Decoder.TWO_BYTE : Decoder.ONE_BYTE, opcode, reg, (rex & REX_W) != 0);
        int immediate = twoByte ? 0 : opcode == 0x81 ? 4 : opcode == 0x83 ? 1 : 0;
        long end = field + 4 + immediate;
        start -= rex == 0 ? 0 : 1;
        return kind == null || !code.contains(start, end - start)
                ? null
                : new Reference(kind, start, (int) (end - start), end + code.s32(field));
    }

    /// The address itself as a value of 4 or 8 bytes, as code that is not position independent has it.
    private static @Nullable Reference immediate(Code code, long field, int opcode, int last) {
        if ((last & 0xf8) == 0xb8) {
            if ((opcode & 0xf8) == 0x48 && code.contains(field, 8)) { // REX.W b8+r: movabs $x,r
                return new Reference(SiteKind.ADDRESS, field - 2, 10, code.s64(field));
            }
            return new Reference(SiteKind.ADDRESS, field - 1, 5, code.s32(field) & 0xffff_ffffL); // b8+r: mov $x,r32
        }
        if (last == 0x68) {
            return new Reference(SiteKind.ADDRESS, field - 1, 5, code.s32(field)); // push $x
        }
        boolean group = opcode == 0xc7 && (last & 0xf8) == 0xc0 // mov $x,r
                || opcode == 0xf7 && (last & 0xf8) == 0xc0 // test $x,r
                || opcode == 0x81 && (last & 0xc0) == 0xc0; // add, or, and, sub, xor, cmp $x,r
        if (!group) {
            return null;
        }
        int rex = rexBefore(code, field - 2);
        long start = field - (rex == 0 ? 2 : 3);
        long value = (rex & REX_W) != 0 ? code.s32(field) : code.s32(field) & 0xffff_ffffL;
        return new Reference(SiteKind.ADDRESS, start, (int) (field + 4 - start), value);
    }

    /// The REX prefix before an opcode, or 0.
    private static int rexBefore(Code code, long opcode) {
        int before = code.contains(opcode - 1, 1) ? code.u8(opcode - 1) : 0;
        return (before & 0xf0) == 0x40 ? before : 0;
    }
}
