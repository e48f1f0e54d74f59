package dev.repoint.machine.plan;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `objdump -d` sees in a file: each instruction by its address.
///
/// @param instructions in one form: without the `0x` of numbers, with single blanks
record Listing(Map<Long, String> instructions) {

    static Listing of(Tool objdump, Path file) throws IOException {
        Map<Long, String> instructions = new TreeMap<>();
        List<String> command = List.of(objdump.command(), "-d", "-w", file.toString());
        for (String line : Run.succeeding(file.getParent(), command).lines()) {
            String[] columns = line.split("\t", 3);
            if (columns.length == 3 && columns[0].endsWith(":")) {
                instructions.put(
                        Long.parseLong(
                                columns[0].substring(0, columns[0].length() - 1).strip(), 16),
                        normal(columns[2]));
            }
        }
        return new Listing(instructions);
    }

    /// One form of an instruction, without the names of places where no function is: `objdump` counts those
    /// from whatever symbol stands before them.
    static String normal(String instruction) {
        return instruction
                .replaceAll("<[^>]*\\+0x[^>]*>|<veneer>", "")
                .replaceAll("//.*", "")
                .replaceAll("\\b0x", "")
                .replaceAll("\\s+", " ")
                .replace(" ,", ",")
                .strip();
    }

    /// The first of several instructions.
    static String first(String instructions) {
        return normal(instructions.split("; ")[0]);
    }

    String at(long address) {
        return instructions.getOrDefault(address, "");
    }

    /// The addresses at which another instruction is seen than in another listing, or where one of them sees
    /// none.
    List<Long> differences(Listing other) {
        TreeMap<Long, String> all = new TreeMap<>(instructions);
        all.putAll(other.instructions);
        return all.keySet().stream()
                .filter(address -> !at(address).equals(other.at(address)))
                .toList();
    }
}
