package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Writes instructions in the AT&T syntax, as `objdump` does: the forms that sites and veneers have and get.
final class Disassembler {

    private static final String[] CONDITIONS = {
        "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"
    };
    private static final String[] REGISTERS = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
        "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };
    private static final String[] LOOPS = {"loopne", "loope", "loop", "jrcxz"};
    /// Instructions of which all bytes are fixed.
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("90", "nop"),
            Map.entry("6690", "xchg %ax,%ax"),
            Map.entry("0f1f00", "nopl (%rax)"),
            Map.entry("0f1f4000", "nopl 0x0(%rax)"),
            Map.entry("0f1f440000", "nopl 0x0(%rax,%rax,1)"),
            Map.entry("66660f1f4000", "data16 nopw 0x0(%rax)"),
            Map.entry("660f1f440000", "nopw 0x0(%rax,%rax,1)"),
            Map.entry("670f1f440000", "nopl 0x0(%eax,%eax,1)"),
            Map.entry("31c0", "xor %eax,%eax"),
            Map.entry("2e31c0", "cs xor %eax,%eax"),
            Map.entry("2e2e4831c0", "cs cs xor %rax,%rax"),
            Map.entry("2e2e2e2e31c0", "cs cs cs cs xor %eax,%eax"),
            Map.entry("c3", "ret"),
            Map.entry("2ec3", "cs ret"),
            Map.entry("cc", "int3"),
            Map.entry("f30f1efa", "endbr64"));

    private final byte[] bytes;
    private final Code code;
    private final Decoder decoder;
    private final LongFunction<@Nullable String> names;

    private Disassembler(byte[] bytes, long address, LongFunction<@Nullable String> names) {
        this.bytes = bytes;
        this.code = new Code(MemorySegment.ofArray(bytes), address);
        this.decoder = new Decoder(bytes);
        this.names = names;
    }

    static String of(byte[] bytes, long address, LongFunction<@Nullable String> names) {
        return String.join("; ", new Disassembler(bytes, address, names).run());
    }

    private List<String> run() {
        List<String> lines = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            int length = decoder.decode(position);
            String text = length == 0 ? null : text(position, position + length);
            if (text == null) {
                lines.add(numbers(position, bytes.length));
                return lines;
            }
            lines.add(text);
            position += length;
        }
        return lines;
    }

    private @Nullable String text(int start, int end) {
        String fixed = FIXED.get(HexFormat.of().formatHex(bytes, start, end));
        if (fixed != null) {
            return fixed;
        }
        String prefixes = prefixes(start);
        String rest = prefixes == null ? null : instruction(end);
        return rest == null ? null : prefixes + rest;
    }

    /// Those that mean nothing here.
    private @Nullable String prefixes(int start) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i < decoder.rexAt(); i++) {
            switch (bytes[i] & 0xff) {
                case 0x66 -> text.append("data16 ");
                case 0x67 -> text.append("addr32 ");
                case 0xf2 -> text.append("bnd ");
                case 0x3e -> text.append("notrack ");
                default -> {
                    return null;
                }
            }
        }
        return text.toString();
    }

    private @Nullable String instruction(int end) {
        int opcode = decoder.lastOpcode();
        if (decoder.map() == Decoder.TWO_BYTE) {
            return (opcode & 0xf0) == Forms.JCC ? "j" + CONDITIONS[opcode & 0xf] + " " + branch(end, 4) : null;
        }
        if (decoder.map() != Decoder.ONE_BYTE) {
            return null;
        }
        return switch (opcode) {
            case Forms.CALL -> (decoder.wide() ? "rex.W call " : "call ") + branch(end, 4);
            case Forms.JUMP -> "jmp " + branch(end, 4);
            case 0xeb -> "jmp " + branch(end, 1);
            case 0xe0, 0xe1, 0xe2, 0xe3 -> LOOPS[opcode & 3] + " " + branch(end, 1);
            case 0xff ->
                switch (decoder.relativeAt() < 0 ? 0 : decoder.modrm()) {
                    case Forms.POINTER_CALL -> (decoder.wide() ? "rex.W call *" : "call *") + relative(end, "");
                    case Forms.POINTER_JUMP -> "jmp *" + relative(end, "");
                    default -> null;
                };
            case 0x8d -> decoder.relativeAt() >= 0 && decoder.wide() ? "lea " + relative(end, register()) : null;
            case 0x8b -> decoder.relativeAt() >= 0 && decoder.wide() ? "mov " + relative(end, register()) : null;
            default -> (opcode & 0xf0) == 0x70 ? "j" + CONDITIONS[opcode & 0xf] + " " + branch(end, 1) : null;
        };
    }

    private String register() {
        int high = decoder.rexAt() < decoder.opcodeAt() ? (bytes[decoder.rexAt()] & 0x04) << 1 : 0; // REX.R
        return ",%" + REGISTERS[decoder.modrm() >> 3 & 7 | high];
    }

    /// The destination of a branch, whose distance is the last thing in it.
    private String branch(int end, int size) {
        long next = code.address() + end;
        return place(next + (size == 1 ? code.s8(next - 1) : code.s32(next - 4)));
    }

    private String relative(int end, String operand) {
        int displacement = code.s32(code.address() + decoder.relativeAt());
        String sign = displacement < 0 ? "-" : "";
        return "%s0x%x(%%rip)%s # %s"
                .formatted(sign, Math.abs((long) displacement), operand, place(code.address() + end + displacement));
    }

    private String place(long address) {
        String name = names.apply(address);
        return "0x" + Long.toHexString(address) + (name == null ? "" : " <" + name + ">");
    }

    private String numbers(int from, int to) {
        return ".byte 0x" + HexFormat.ofDelimiter(",0x").formatHex(bytes, from, to);
    }
}
