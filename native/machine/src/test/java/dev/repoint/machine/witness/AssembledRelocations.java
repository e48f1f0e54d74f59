package dev.repoint.machine.witness;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.RelocationTable;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The names of relocation types as the assembler understands them.
public final class AssembledRelocations {

    private AssembledRelocations() {}

    /// Assembles one relocation of each name.
    ///
    /// @param names of relocation types, none of which the linker makes by itself
    /// @return the name of each number
    public static Map<Integer, String> of(Path folder, Tool compiler, List<String> names) throws IOException {
        StringBuilder source = new StringBuilder("        .text\n");
        for (int i = 0; i < names.size(); i++) {
            source.append("        .reloc ., ").append(names.get(i)).append(", symbol\n        .quad 0\n");
        }
        Files.writeString(folder.resolve("names.s"), source);
        Run.succeeding(folder, List.of(compiler.required().command(), "-c", "names.s"));

        Map<Integer, String> numbers = new TreeMap<>();
        List<RelocationTable> tables =
                new ArrayList<>(ElfFile.read(folder.resolve("names.o")).relocations());
        for (int i = 0; i < tables.getFirst().count(); i++) {
            numbers.put(
                    tables.getFirst().type(i), names.get((int) tables.getFirst().offset(i) / 8));
        }
        return numbers;
    }
}
