package dev.repoint.it.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What `objdump -d` says of a file.
final class Disassembly {

    private static final Set<String> PREFIXES = Set.of(
            "bnd", "notrack", "addr32", "data16", "cs", "ds", "es", "ss", "fs", "gs", "rep", "repz", "repnz", "lock",
            "rex", "rex.W");

    private Disassembly() {}

    /// Hands over every instruction of a file, in the order of its sections.
    static void instructions(Path file, Consumer<Instruction> each) throws IOException {
        Tool.lines(List.of("objdump", "-d", "-w", file.toString()), line -> {
            // "   1139:\te8 c2 ff ff ff       \tcall   1100 <foo>"
            int colon = line.indexOf(":\t");
            int text = colon < 0 ? -1 : line.indexOf('\t', colon + 2);
            if (text >= 0 && line.charAt(0) == ' ') {
                long address = Long.parseUnsignedLong(line.substring(0, colon).strip(), 16);
                int length = (line.substring(colon + 2, text).strip().length() + 1) / 3;
                each.accept(instruction(address, length, line.substring(text + 1)));
            }
        });
    }

    private static Instruction instruction(long address, int length, String text) {
        String rest = text;
        while (true) {
            int end = rest.indexOf(' ');
            String word = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end).stripLeading();
            if (!PREFIXES.contains(word) || rest.isEmpty()) {
                int hint = word.indexOf(','); // "je,pt"
                return new Instruction(address, length, hint < 0 ? word : word.substring(0, hint), rest);
            }
        }
    }

    /// The entries of the procedure linkage table: the name of the function by the address.
    static Map<Long, String> linkageTable(Path file) throws IOException {
        Map<Long, String> entries = new HashMap<>();
        Tool.lines(List.of("objdump", "-d", "-w", file.toString()), line -> {
            // "000000000005d030 <log10@plt>:"
            if (line.endsWith("@plt>:")) {
                int space = line.indexOf(' ');
                String name = line.substring(space + 2, line.length() - "@plt>:".length());
                entries.put(Long.parseUnsignedLong(line.substring(0, space), 16), name);
            }
        });
        return entries;
    }
}
