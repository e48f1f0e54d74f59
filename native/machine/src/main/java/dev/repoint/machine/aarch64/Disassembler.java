package dev.repoint.machine.aarch64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Writes instructions as `objdump` does: the forms that sites and veneers have and get.
final class Disassembler {

    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"
    };
    private static final int BR = 0xd61f0000; // br x0
    private static final int BLR = 0xd63f0000; // blr x0

    private final LongFunction<@Nullable String> names;

    private Disassembler(LongFunction<@Nullable String> names) {
        this.names = names;
    }

    static String of(byte[] bytes, long address, LongFunction<@Nullable String> names) {
        Disassembler disassembler = new Disassembler(names);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<String> lines = new ArrayList<>();
        while (buffer.remaining() >= Integer.BYTES) {
            long at = address + buffer.position();
            lines.add(disassembler.text(buffer.getInt(), at));
        }
        if (buffer.hasRemaining()) {
            lines.add(".byte 0x" + HexFormat.ofDelimiter(",0x").formatHex(bytes, buffer.position(), bytes.length));
        }
        return String.join("; ", lines);
    }

    private String text(int word, long address) {
        return switch (word) {
            case Word.NOP -> "nop";
            case Word.RET -> "ret";
            case Word.ZERO -> "mov x0, xzr";
            case Word.BTI_C -> "bti c";
            case Word.BTI_JC -> "bti jc";
            case 0 -> "udf #0";
            default -> {
                String text = branch(word, address);
                yield text != null ? text : other(word, address);
            }
        };
    }

    private @Nullable String branch(int word, long address) {
        if (Word.isBl(word)) {
            return "bl " + place(Word.imm26(word, address));
        }
        if (Word.isB(word)) {
            return "b " + place(Word.imm26(word, address));
        }
        if (Word.isImm14Branch(word)) {
            String name = (word & 1 << 24) == 0 ? "tbz " : "tbnz ";
            int bit = word >>> 26 & 0x20 | word >>> 19 & 0x1f;
            return name + register(bit < 32 ? "w" : "x", Word.rd(word)) + ", #" + bit + ", "
                    + place(Word.imm14(word, address));
        }
        if (!Word.isImm19Branch(word)) {
            return null;
        }
        String destination = place(Word.imm19(word, address));
        if ((word & 0xff000000) == 0x54000000) {
            return ((word & 0x10) == 0 ? "b." : "bc.") + CONDITIONS[word & 0xf] + " " + destination;
        }
        String name = (word & 1 << 24) == 0 ? "cbz " : "cbnz ";
        return name + register(word < 0 ? "x" : "w", Word.rd(word)) + ", " + destination;
    }

    private String other(int word, long address) {
        if (Word.isAdr(word)) {
            return "adr " + register("x", Word.rd(word)) + ", " + place(Word.adr(word, address));
        }
        if (Word.isAdrp(word)) {
            return "adrp " + register("x", Word.rd(word)) + ", " + place(Word.adrp(word, address));
        }
        if (Word.isAddImmediate(word)) {
            String target = (Word.rd(word) == 31 ? "sp" : "x" + Word.rd(word)) + ", ";
            return "add " + target + base(word) + ", #0x" + Integer.toHexString(Word.imm12(word));
        }
        if (Word.isLoad64(word)) {
            int offset = 8 * Word.imm12(word);
            return "ldr " + register("x", Word.rd(word)) + ", [" + base(word) + (offset == 0 ? "" : ", #" + offset)
                    + "]";
        }
        if (Word.isLoadLiteral64(word)) {
            return "ldr " + register("x", Word.rd(word)) + ", " + place(Word.imm19(word, address));
        }
        return switch (word & 0xfffffc1f) {
            case BR -> "br " + register("x", Word.rn(word));
            case BLR -> "blr " + register("x", Word.rn(word));
            default -> ".inst 0x%08x".formatted(word);
        };
    }

    private static String base(int word) {
        return Word.rn(word) == 31 ? "sp" : "x" + Word.rn(word);
    }

    private static String register(String width, int number) {
        return width + (number == 31 ? "zr" : number);
    }

    private String place(long address) {
        String name = names.apply(address);
        return "0x" + Long.toHexString(address) + (name == null ? "" : " <" + name + ">");
    }
}
