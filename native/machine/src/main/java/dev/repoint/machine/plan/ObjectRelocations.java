package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.site.Site;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The relocations of an object file, by the bytes that they are about.
final class ObjectRelocations {

    private final TreeMap<Long, Entry> byOffset = new TreeMap<>();

    /// A relocation.
    ///
    /// @param target the section that it changes
    /// @param field  the offset in the file of what it changes
    record Entry(RelocationTable table, int index, Section target, long field) {
        int type() {
            return table.type(index);
        }

        int symbol() {
            return table.symbol(index);
        }

        long addend() {
            return table.addend(index);
        }

        /// Where the field is in its section.
        long place() {
            return table.offset(index);
        }
    }

    ObjectRelocations(ElfFile file, Architecture architecture) {
        for (RelocationTable table : file.relocations()) {
            Section target = table.target().orElse(null);
            boolean isOfProgram = target != null && target.hasBytes() && target.isAllocated();
            if (target == null || !isOfProgram || table.symbols() != file.symbols()) {
                continue;
            }
            for (int i = 0; i < table.count(); i++) {
                if (architecture.use(table.type(i)) != RelocationUse.NONE) {
                    long field = target.offset().value() + table.offset(i);
                    byOffset.put(field, new Entry(table, i, target, field));
                }
            }
        }
    }

    /// The relocation inside of a site; null if there is none.
    @Nullable
    Entry of(Site site) {
        Map.Entry<Long, Entry> entry = byOffset.ceilingEntry(site.offset().value());
        return entry != null && entry.getKey() < site.offset().value() + site.length() ? entry.getValue() : null;
    }

    /// The relocation of a word of data; null if there is none.
    @Nullable
    Entry at(long offset) {
        return byOffset.get(offset);
    }

    /// All relocations of a range of the file, by offset.
    Iterable<Entry> in(long offset, long size) {
        return byOffset.subMap(offset, offset + size).values();
    }
}
