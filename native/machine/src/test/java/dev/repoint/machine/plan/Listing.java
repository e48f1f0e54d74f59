package dev.repoint.machine.plan;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What `objdump -d` sees in a file: each instruction by its address.
///
/// @param instructions as they are printed
record Listing(SortedMap<Long, String> instructions) {

    private static final Pattern NO_FUNCTION = Pattern.compile("<[^>]*\\+0x[^>]*>|<veneer>");
    private static final Pattern REMARK = Pattern.compile("//.*");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\b0x");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    static Listing of(Tool objdump, Path file) throws IOException {
        SortedMap<Long, String> instructions = new TreeMap<>();
        List<String> command = List.of(objdump.command(), "-d", "-w", file.toString());
        for (String line : Run.succeeding(file.getParent(), command).lines()) {
            int colon = line.indexOf(":\t");
            int text = line.indexOf('\t', colon + 2);
            if (colon > 0 && text > 0) {
                instructions.put(Long.parseLong(line.substring(0, colon).strip(), 16), line.substring(text + 1));
            }
        }
        return new Listing(instructions);
    }

    /// One form of an instruction: without the `0x` of numbers, with single blanks, and without the names of
    /// places where no function is: `objdump` counts those from whatever symbol stands before them.
    private static String normal(String instruction) {
        String named = NO_FUNCTION.matcher(instruction).replaceAll("");
        String plain = REMARK.matcher(named).replaceAll("");
        String decimal = HEXADECIMAL.matcher(plain).replaceAll("");
        return BLANKS.matcher(decimal).replaceAll(" ").replace(" ,", ",").strip();
    }

    /// The first of several instructions.
    static String first(String instructions) {
        return normal(instructions.split("; ")[0]);
    }

    String at(long address) {
        return normal(instructions.getOrDefault(address, ""));
    }

    /// The addresses at which another instruction is seen than in another listing, or where one of them sees
    /// none.
    List<Long> differences(Listing other) {
        SortedMap<Long, String> all = new TreeMap<>(instructions);
        all.putAll(other.instructions);
        return all.keySet().stream()
                .filter(address ->
                        !isPrintedAlike(other, address) && !at(address).equals(other.at(address)))
                .toList();
    }

    private boolean isPrintedAlike(Listing other, long address) {
        return Objects.equals(instructions.get(address), other.instructions.get(address));
    }
}
