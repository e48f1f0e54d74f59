package dev.repoint.machine.witness;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.RelocationUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The entries of the procedure linkage tables of a file.
public final class LinkageEntries {

    private static final List<String> SECTIONS = List.of(".plt", ".plt.sec", ".plt.got");

    private LinkageEntries() {}

    /// For each place in a procedure linkage table that is an entry, the symbol whose slot it jumps through.
    ///
    /// @param step what the addresses of entries are multiples of
    public static Map<Long, String> of(Path path, int step) throws IOException {
        ElfFile file = ElfFile.read(path);
        Architecture architecture = Architectures.of(file.machine());
        Map<Long, String> slots = slots(file, architecture);
        Map<Long, String> entries = new TreeMap<>();
        for (String name : SECTIONS) {
            Section section = file.section(name).orElse(null);
            if (section == null) {
                continue;
            }
            Code code = new Code(
                    file.bytes().asSlice(section.offset().value(), section.size()),
                    section.address().value());
            for (long at = code.address(); at < code.end(); at += step) {
                Long slot = architecture.pltSlot(code, at);
                if (slot != null && slots.containsKey(slot)) {
                    entries.put(at, slots.get(slot));
                }
            }
        }
        return entries;
    }

    private static Map<Long, String> slots(ElfFile file, Architecture architecture) {
        Map<Long, String> slots = new TreeMap<>();
        for (RelocationTable table : file.relocations()) {
            for (int i = 0; i < table.count(); i++) {
                RelocationUse use = architecture.use(table.type(i));
                if (use == RelocationUse.JUMP_SLOT || use == RelocationUse.GLOB_DAT) {
                    slots.put(table.offset(i), table.symbols().name(table.symbol(i)));
                }
            }
        }
        return slots;
    }
}
