package dev.repoint.machine.witness;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.RelocationUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The relocations of code that a linker kept (`--emit-relocs`) and that are about one symbol.
///
/// @param use         what its type says
/// @param name        of its type
/// @param instruction what is there; null if nothing of interest
public record EmittedRelocations(RelocationUse use, String name, Instruction instruction) {

    /// Those about a symbol that say anything about their place.
    public static List<EmittedRelocations> about(Path path, String symbol) throws IOException {
        ElfFile file = ElfFile.read(path);
        Architecture architecture = Architectures.of(file.machine());
        List<EmittedRelocations> found = new ArrayList<>();
        for (RelocationTable table : file.relocations()) {
            Section target = table.target().orElse(null);
            if (target == null || !target.isExecutable()) {
                continue;
            }
            Code code = new Code(
                    file.bytes().asSlice(target.offset().value(), target.size()),
                    target.address().value());
            for (int i = 0; i < table.count(); i++) {
                RelocationUse use = architecture.use(table.type(i));
                if (use != RelocationUse.NONE
                        && table.symbols().name(table.symbol(i)).equals(symbol)) {
                    found.add(new EmittedRelocations(
                            use, architecture.relocationName(table.type(i)), architecture.at(code, table.offset(i))));
                }
            }
        }
        return found;
    }

    /// Where it leads; -1 if nowhere.
    public long destination() {
        return switch (instruction) {
            case null -> -1;
            case Instruction.Branch branch -> branch.destination();
            case Instruction.PointerBranch branch -> branch.slot();
            case Instruction.Reference reference -> reference.destination();
            case Instruction.Emptied _ -> -1;
        };
    }

    /// The address of a symbol.
    public static long address(Path path, String symbol) throws IOException {
        return ElfFile.read(path).symbols().named(symbol).getFirst().value().value();
    }
}
