package dev.repoint.machine.x86_64;

import java.util.Arrays;

/// Finds where instructions end, and the parts of them that matter.
///
/// Knows the instructions of 64-bit mode that compilers and assemblers write; what it does not know it refuses,
/// it never guesses a length. Has the state of the last instruction: for one thread.
///
/// An instruction is (Intel SDM, volume 2, chapter 2): legacy prefixes, REX, opcode, ModRM, SIB, displacement,
/// immediate; or VEX, EVEX or XOP in place of REX and the first opcode bytes.
final class Decoder {

    /// The longest instruction.
    static final int MAX_LENGTH = 15;

    /// [#map] of one-byte opcodes, of those after `0f`, `0f 38` and `0f 3a`, and of those after VEX and EVEX.
    static final int ONE_BYTE = 0;
    static final int TWO_BYTE = 1;
    static final int THREE_BYTE_38 = 2;
    static final int THREE_BYTE_3A = 3;
    static final int VECTOR = 4;

    private final byte[] code;
    private final int end;

    private int position;
    private boolean operand16;
    private boolean address32;
    private boolean segment;
    private boolean lock;
    /// A cell of [PrefixMaps], or 0.
    private int repeat;
    private int rex;
    private int map;
    private int opcode;
    private int opcodeAt;
    private int modrm;
    private int displacementAt;

    /// @param code instructions from the first byte on
    Decoder(byte[] code) {
        // room for what is read before an instruction that runs past the end is refused
        this.code = Arrays.copyOf(code, code.length + 2 * MAX_LENGTH);
        this.end = code.length;
    }

    /// Decodes the instruction at a position.
    ///
    /// @param start from 0 to the number of bytes, exclusive
    /// @return its length; 0 if it is not known, or not whole
    int decode(int start) {
        position = start;
        operand16 = false;
        address32 = false;
        segment = false;
        lock = false;
        repeat = 0;
        rex = 0;
        modrm = -1;
        displacementAt = -1;
        boolean known = prefixes(start) && opcode();
        int length = position - start;
        return known && length <= MAX_LENGTH && position <= end ? length : 0;
    }

    /// Which opcodes [#lastOpcode] is one of.
    int map() {
        return map;
    }

    /// The last byte of the opcode.
    int lastOpcode() {
        return opcode;
    }

    /// The position of the first byte of the opcode, after all prefixes.
    int opcodeAt() {
        return opcodeAt;
    }

    /// The ModRM byte, or -1.
    int modrm() {
        return modrm;
    }

    /// The position of a displacement from the instruction pointer in a plain data segment, or -1.
    int relativeAt() {
        return modrm >= 0 && (modrm & 0xc7) == 0x05 && !address32 && !segment ? displacementAt : -1;
    }

    /// The position of a displacement from the instruction pointer, in whatever segment, or -1.
    int instructionRelativeAt() {
        return modrm >= 0 && (modrm & 0xc7) == 0x05 ? displacementAt : -1;
    }

    /// Whether addresses are cut off to 32 bits.
    boolean isAddress32() {
        return address32;
    }

    /// Whether operands have 64 bits.
    boolean wide() {
        return (rex & 0x08) != 0;
    }

    /// Where REX is, or else the opcode.
    int rexAt() {
        return rex == 0 ? opcodeAt : opcodeAt - 1;
    }

    private int next() {
        return code[position++] & 0xff;
    }

    private boolean prefixes(int start) {
        while (position - start < MAX_LENGTH) {
            switch (code[position] & 0xff) {
                case 0x66 -> operand16 = true;
                case 0x67 -> address32 = true;
                case 0x64, 0x65 -> segment = true; // fs, gs
                case 0x26, 0x2e, 0x36, 0x3e -> {} // es, cs, ss, ds: without meaning
                case 0xf0 -> lock = true;
                case 0xf2 -> repeat = PrefixMaps.WITH_F2; // repne, bnd
                case 0xf3 -> repeat = PrefixMaps.WITH_F3; // rep
                default -> {
                    if ((code[position] & 0xf0) == 0x40) {
                        rex = next();
                    }
                    return true;
                }
            }
            position++;
        }
        return false;
    }

    private boolean opcode() {
        opcodeAt = position;
        opcode = next();
        if (opcode == 0xc4 || opcode == 0xc5 || opcode == 0x62) {
            map = VECTOR;
            return !operand16 && !legacy() && rex == 0 && vector(opcode);
        }
        if (opcode == 0x8f && (code[position] & 0x1f) >= 8) {
            map = VECTOR;
            return !operand16 && !legacy() && rex == 0 && extended();
        }
        if (opcode != 0x0f) {
            map = ONE_BYTE;
            return oneByte();
        }
        opcode = next();
        if (opcode == 0x38) {
            map = THREE_BYTE_38;
            opcode = next();
            return fits(PrefixMaps.THREE_BYTE_38) && address();
        }
        if (opcode == 0x3a) {
            map = THREE_BYTE_3A;
            opcode = next();
            return fits(PrefixMaps.THREE_BYTE_3A) && address() && skip(1);
        }
        map = TWO_BYTE;
        return fits(PrefixMaps.TWO_BYTE) && twoByte();
    }

    private boolean legacy() {
        return lock || repeat != 0;
    }

    /// Whether the opcode is an instruction with these prefixes. f3 and f2 count before 66 (Intel SDM, volume
    /// 2, 2.1.2).
    private boolean fits(byte[] prefixes) {
        int prefix = repeat != 0 ? repeat : operand16 ? PrefixMaps.WITH_66 : PrefixMaps.WITHOUT;
        return (prefixes[opcode] & prefix) != 0;
    }

    private boolean oneByte() {
        byte letter = Opcodes.ONE_BYTE[opcode];
        boolean known = switch (letter) {
            case 'g' -> address() && Groups.oneByte(opcode, modrm);
            case 'G' -> address() && groupImmediate();
            default -> follows(letter);
        };
        // 66 makes the distance of a branch 2 bytes long on some processors: no one writes that
        boolean branch = letter == 's'
                || letter == 'l'
                || opcode == 0xc2
                || opcode == 0xc3
                || opcode == 0xff && (modrm & 0x38) >= 0x10 && (modrm & 0x38) <= 0x28;
        return known && !(branch && operand16 && !wide());
    }

    private boolean groupImmediate() {
        int reg = modrm >> 3 & 7;
        return switch (opcode) {
            case 0xf6 -> reg > 1 || skip(1); // test $imm8
            case 0xf7 -> reg > 1 || skip(operand16 && !wide() ? 2 : 4); // test $imm
            case 0xc6 -> (reg == 0 || modrm == 0xf8) && skip(1); // mov $imm8, xabort
            // mov $imm, xbegin
            case 0xc7 -> reg == 0 ? skip(operand16 && !wide() ? 2 : 4) : modrm == 0xf8 && !operand16 && skip(4);
            default -> false;
        };
    }

    private boolean twoByte() {
        byte letter = Opcodes.TWO_BYTE[opcode];
        return switch (letter) {
            case 'l' -> !(operand16 && !wide()) && skip(4);
            case 'g' -> address() && Groups.twoByte(opcode, modrm, operand16 || legacy());
            case 'G' -> address() && Groups.twoByte(opcode, modrm, operand16) && skip(1);
            default -> follows(letter);
        };
    }

    /// VEX of 2 or 3 bytes, or EVEX (Intel SDM, volume 2, 2.3 and 2.7).
    private boolean vector(int first) {
        int number = 1;
        byte[] prefixes;
        int last;
        if (first == 0x62) {
            number = next() & 0x0f; // R X B R' 0 map
            last = next(); // W vvvv 1 pp
            next(); // z L'L b V' aaa
            prefixes = PrefixMaps.evex((last & 0x04) != 0 ? number : 0);
        } else {
            if (first == 0xc4) {
                number = next() & 0x1f; // R X B map
            }
            last = next(); // R vvvv L pp, or W vvvv L pp
            prefixes = PrefixMaps.vex(number);
        }
        opcode = next();
        if ((prefixes[opcode] >> (last & 3) & 1) == 0) {
            return false;
        }
        if (number == 1 && first != 0x62 && opcode == 0x77) {
            return true; // vzeroupper, vzeroall
        }
        boolean immediate = number == 3
                || number == 1
                        && (opcode >= 0x70 && opcode <= 0x73 || opcode == 0xc2 || opcode >= 0xc4 && opcode <= 0xc6);
        return address() && (!immediate || skip(1));
    }

    /// XOP of AMD, which looks like `pop` with a `reg` that it has not (AMD64 Architecture Programmer's Manual,
    /// volume 6, 1.1): an immediate value of 1 byte after opcodes of map 8, and of 4 bytes after those of map 10.
    private boolean extended() {
        int number = next() & 0x1f; // R X B map
        int prefix = next() & 3; // W vvvv L pp
        opcode = next();
        if (prefix != 0 || PrefixMaps.xop(number)[opcode] == 0 || !address()) {
            return false;
        }
        return switch (number) {
            case 8 -> skip(1);
            case 9 -> true;
            default -> skip(4);
        };
    }

    private boolean follows(byte letter) {
        return switch (letter) {
            case 'n' -> true;
            case 'm' -> address();
            case 'i', 's' -> skip(1);
            case 'w' -> skip(2);
            case 'e' -> skip(3);
            case 'z' -> skip(operand16 && !wide() ? 2 : 4);
            case 'v' -> skip(wide() ? 8 : operand16 ? 2 : 4);
            case 'a' -> skip(address32 ? 4 : 8);
            case 'l' -> skip(4);
            case 'I' -> address() && skip(1);
            case 'Z' -> address() && skip(operand16 && !wide() ? 2 : 4);
            default -> false;
        };
    }

    /// ModRM, SIB and displacement (Intel SDM, volume 2, tables 2-2 and 2-3).
    private boolean address() {
        modrm = next();
        int mod = modrm >> 6;
        int rm = modrm & 7;
        if (mod == 3) {
            return true;
        }
        boolean displacement32 = mod == 2 || mod == 0 && rm == 5;
        if (rm == 4) {
            int sib = next();
            displacement32 |= mod == 0 && (sib & 7) == 5;
        }
        displacementAt = position;
        return skip(displacement32 ? 4 : mod);
    }

    private boolean skip(int bytes) {
        position += bytes;
        return true;
    }
}
